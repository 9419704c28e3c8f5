import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { newCertificate } from '../../../test/certificate.ts';
import { describeDriver, type StartPbx, type Trouble } from '../conformance/describe-driver.ts';
import type { Fate, Pair } from '../conformance/test-pbx.ts';
import { capabilitiesOf, type PbxDriver, type Settings, type SettingSpec } from '../contract.ts';
import { FATES } from '../sandbox/fates.ts';
import type { HttpFaults } from '../sandbox/http/faults.ts';
import { startHttpSandbox, type HttpSandbox } from '../sandbox/http/http-sandbox.ts';
import type { HttpOrder } from '../sandbox/http/vendor.ts';
import { http } from './driver.ts';
import { manifest } from './manifest.ts';
import { READY_MADE } from './ready-made.ts';
import { CASES, CUSTOMERS_OWN, DENIED, SECRET, type Case } from './test-cases.ts';

const FAULTS: Record<Trouble, HttpFaults> = {
  none: {},
  // An order has one answer, and no events beside it.
  events_before_reply: {},
  split_bytes: { splitBytes: 1 },
  slow_login: { loginDelayMs: 1_000 },
  flood: { floodHeaders: 50 },
  cut_mid_answer: { cutMidAnswer: true },
  never_answers: { neverAnswer: true },
  huge_answer: { hugeAnswer: 2_000_000 },
  not_there: {},
  wrong_secret: {},
  other_certificate: {},
};

/** One for all of this file: to make one takes longer than all the rest of a test. */
const certificate = newCertificate();

/** Asks for its calls as often as a test has no patience for. */
function impatient(spec: SettingSpec): SettingSpec {
  return spec.name === 'poll_seconds' ? { ...spec, default: 0.05, min: 0.05 } : spec;
}

/** The driver as it describes itself for one template: what the suite adapts to. */
function driverFor(name: string, template: string, gates: Settings = {}): PbxDriver {
  const { settingsFor, guide } = manifest;
  return {
    ...http,
    manifest: {
      ...manifest,
      id: `http with ${name}`,
      settings: (settingsFor?.({ template }).settings ?? []).map(impatient),
      settingsFor: (given) => {
        const found = settingsFor?.(given) ?? { settings: [], problems: [] };
        return { ...found, settings: found.settings.map(impatient) };
      },
      capabilities: capabilitiesOf(manifest, { template, ...gates }),
      guide: `${guide}${READY_MADE[template]?.guide ?? ''}`,
    },
  };
}

function witnessOf(pbx: HttpSandbox, ordersCarryOurId = false) {
  let calls = 0;
  return {
    goodPair: (): Pair => ['101', ordersCarryOurId ? '105' : `1212555${String(++calls).padStart(4, '0')}`],
    rang: (channelId: string, second: string) => {
      const isIt = (call: HttpOrder) =>
        ordersCarryOurId ? `c2c-${call.reference}` === channelId : call.second === second;
      return Promise.resolve(pbx.calls().filter(isIt).length);
    },
  };
}

/** What the administrator has said that his PBX is set up for. */
function gatesOf({ settings }: Case): Settings {
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, value === 'true']));
}

let talks = 0;

/** Each pair that is to talk on has another second number, by which it is told from the others. */
function fatesWith(): Record<Fate, Pair> {
  return {
    ...FATES,
    get talking(): Pair {
      return ['105', `1212666${String(++talks).padStart(4, '0')}`];
    },
  };
}

function haveEnded(pbx: HttpSandbox, [first, second]: Pair): boolean {
  return pbx
    .calls()
    .filter((call) => call.first === first && call.second === second)
    .every(({ state }) => state === 'ended');
}

function starterFor(vendor: string, template: string, about: Case): StartPbx {
  const { reportsEnd } = capabilitiesOf(manifest, { template });
  const { settings: own, refused, ordersCarryOurId, ...traits } = about;
  return async (trouble) => {
    const tls = trouble === 'other_certificate' ? await certificate : undefined;
    const login = { username: 'c2c', secret: SECRET };
    const pbx = await startHttpSandbox({
      template: vendor,
      ...login,
      pace: 0.3,
      faults: FAULTS[trouble],
      ...(tls && { tls }),
    });
    const { goodPair, rang } = witnessOf(pbx, ordersCarryOurId);
    const secret = trouble === 'wrong_secret' ? 'wrong-4711' : SECRET;
    const given = Object.entries(own).map(([name, value]) => [name, value === SECRET ? secret : value]);
    const settings = {
      ...Object.fromEntries(given),
      ...(tls ? { fingerprint: 'AB'.repeat(32) } : { tls: 'false' }),
      template,
      host: pbx.host,
      port: trouble === 'not_there' ? '1' : String(pbx.port),
      ...(trouble === 'never_answers' && { answer_seconds: '1' }),
    };
    return {
      settings,
      secret,
      numbers: {
        get good() {
          return goodPair();
        },
        refused,
        denied: DENIED,
        inDoubt: ['101', '444'],
        garbage: ['101', '502'],
      },
      extensions: { known: '101', unknown: '999', privileged: '201', outside: '12125551234' },
      ...traits,
      rang,
      fates: fatesWith(),
      isPolled: true,
      namesCallsItself: true,
      ...(reportsEnd ? {} : { hasEnded: (pair) => Promise.resolve(haveEnded(pbx, pair)) }),
      endCalls: () => Promise.resolve(pbx.endCalls()),
      cut: () => Promise.resolve(pbx.cut()),
      close: () => pbx.close(),
    };
  };
}

for (const template of Object.keys(READY_MADE)) {
  const known = CASES[template];
  if (known === undefined) throw new Error(`The suite does not know how to speak to ${template}.`);
  describeDriver(driverFor(template, template, gatesOf(known)), starterFor(template, template, known));
}

/** The template that the guide writes, in a file as a customer would have it. */
const folder = mkdtempSync(join(tmpdir(), 'c2c-template-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'our-pbx.json');
writeFileSync(file, /```json\n([\s\S]+?)\n```/.exec(manifest.guide)?.[1] ?? '');
describeDriver(driverFor("a file of the customer's own", file), starterFor('example', file, CUSTOMERS_OWN));
