import { newCertificate } from '../../../test/certificate.ts';
import { describeDriver, type Trouble } from '../conformance/describe-driver.ts';
import { FATES } from '../sandbox/fates.ts';
import { startAriSandbox } from '../sandbox/ari/ari-sandbox.ts';
import type { AriFaults } from '../sandbox/ari/faults.ts';
import { asteriskAri } from './driver.ts';

const SECRET = 'canary-7f3a';
const FAULTS: Record<Trouble, AriFaults> = {
  none: {},
  events_before_reply: { eventsBeforeReply: true },
  split_bytes: { splitBytes: 1 },
  slow_login: { loginDelayMs: 3_000 },
  flood: { floodEvents: 200 },
  cut_mid_answer: { closeMidAnswer: ['originate'] },
  never_answers: { neverAnswer: ['originate'] },
  huge_answer: { hugeAnswer: { bytes: 2_000_000, to: ['originate'] } },
  not_there: {},
  wrong_secret: {},
  other_certificate: {},
};

describeDriver(asteriskAri, async (trouble) => {
  const tls = trouble === 'other_certificate' ? await newCertificate() : undefined;
  const faults = FAULTS[trouble];
  const username = 'c2c';
  const pbx = await startAriSandbox({ username, password: SECRET, pace: 0.1, faults, ...(tls && { tls }) });
  const pinned = tls && { tls: 'true', fingerprint: 'AB'.repeat(32) };
  const secret = trouble === 'wrong_secret' ? 'wrong-4711' : SECRET;
  const port = trouble === 'not_there' ? '1' : String(pbx.port);
  const settings = { ...pinned, host: pbx.host, port, username, password: secret };
  return {
    settings,
    secret,
    numbers: {
      good: ['101', '105'],
      refused: ['101', '99999'],
      denied: ['101', '403'],
      inDoubt: ['101', '444'],
      garbage: ['101', '502'],
    },
    fates: FATES,
    extensions: { known: '101', unknown: '999', privileged: '201', outside: '12125551234' },
    rang: (channelId) =>
      Promise.resolve(pbx.calls().find((call) => call.channelId === channelId)?.rang.first ?? 0),
    endCalls: () => Promise.resolve(pbx.endCalls()),
    cut: () => Promise.resolve(pbx.cut()),
    close: () => pbx.close(),
  };
});
