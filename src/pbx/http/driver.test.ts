import { newCertificate } from '../../../test/certificate.ts';
import { describeDriver, type Trouble } from '../conformance/describe-driver.ts';
import type { PbxDriver } from '../contract.ts';
import type { HttpFaults } from '../sandbox/http/faults.ts';
import { startHttpSandbox } from '../sandbox/http/http-sandbox.ts';
import { http } from './driver.ts';
import { READY_MADE } from './ready-made.ts';

const SECRET = 'canary-7f3a';
const FAULTS: Record<Trouble, HttpFaults> = {
  none: {},
  // An order has one answer, and no events beside it.
  events_before_reply: {},
  split_bytes: { splitBytes: 1 },
  slow_login: { loginDelayMs: 3_000 },
  flood: { floodHeaders: 50 },
  cut_mid_answer: { cutMidAnswer: true },
  never_answers: { neverAnswer: true },
  huge_answer: { hugeAnswer: 2_000_000 },
  other_certificate: {},
};

const idsOf = (...extensions: string[]) => extensions.map((each) => `${each}=id-${each}`).join(',');

/**
 * Through the suite goes each template whose orders carry our id of the call, by which the sandbox is asked for its
 * witness, and which logs in before it orders.
 */
const SETTINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  wazo: {
    username: 'c2c',
    password: SECRET,
    users: idsOf('101', '102', '201'),
    contexts: '*=internal,101=internal,201=longdistance',
  },
  kazoo: { account_id: 'acc0unt', api_key: SECRET, users: idsOf('101', '102') },
};

/** The driver as it describes itself for one template: what the suite adapts to. */
function driverFor(template: string): PbxDriver {
  const { manifest } = http;
  return {
    ...http,
    manifest: {
      ...manifest,
      id: `http with ${template}`,
      settings: manifest.settingsFor?.({ template }).settings ?? [],
      capabilities: manifest.capabilitiesFor?.({ template }) ?? manifest.capabilities,
      guide: `${manifest.guide}${READY_MADE[template]?.guide}`,
    },
  };
}

for (const [template, own] of Object.entries(SETTINGS)) {
  describeDriver(driverFor(template), async (trouble) => {
    const tls = trouble === 'other_certificate' ? await newCertificate() : undefined;
    const faults = FAULTS[trouble];
    const pbx = await startHttpSandbox({
      template,
      username: 'c2c',
      secret: SECRET,
      pace: 0.1,
      faults,
      ...(tls && { tls }),
    });
    const pinned = tls ? { fingerprint: 'AB'.repeat(32) } : { tls: 'false' };
    const settings = {
      ...own,
      ...pinned,
      template,
      host: pbx.host,
      port: String(pbx.port),
      answer_seconds: '1',
    };
    const wrong = Object.entries(own).map(([name, value]) => [name, value === SECRET ? 'wrong-4711' : value]);
    return {
      settings,
      secret: SECRET,
      nobodyThere: { ...settings, port: '1' },
      wrongSecret: { ...settings, ...Object.fromEntries(wrong) },
      numbers: {
        good: ['101', '105'],
        refused: ['101', '99999'],
        denied: ['101', '403'],
        inDoubt: ['101', '444'],
        garbage: ['101', '502'],
      },
      extensions: { known: '101', unknown: '999', privileged: '201', outside: '12125551234' },
      rang: (channelId) =>
        Promise.resolve(pbx.calls().filter(({ reference }) => `c2c-${reference}` === channelId).length),
      endCalls: () => Promise.resolve(),
      cut: () => Promise.resolve(pbx.cut()),
      close: () => pbx.close(),
    };
  });
}
