import { newCertificate } from '../../../test/certificate.ts';
import { describeDriver, type Trouble } from '../conformance/describe-driver.ts';
import type { Fate, Pair } from '../conformance/test-pbx.ts';
import { capabilitiesOf, type PbxDriver } from '../contract.ts';
import { FATES } from '../sandbox/fates.ts';
import type { SwitchvoxFaults } from '../sandbox/switchvox/options.ts';
import { startSwitchvoxSandbox } from '../sandbox/switchvox/switchvox-sandbox.ts';
import { switchvox } from './driver.ts';
import { IMPATIENT } from './test-session.ts';

const PASSWORD = 'canary-7f3a';
const ORDER = ['switchvox.call'];
const FAULTS: Record<Trouble, SwitchvoxFaults> = {
  none: {},
  events_before_reply: { ringsBeforeReply: true },
  split_bytes: { splitBytes: 1 },
  slow_login: { loginDelayMs: 1_000 },
  flood: { padMembers: 200 },
  cut_mid_answer: { cutMidAnswer: ORDER },
  never_answers: { neverAnswer: ORDER },
  huge_answer: { huge: { bytes: 3_000_000, methods: ORDER } },
  not_there: {},
  wrong_secret: {},
  other_certificate: {},
};
const certificate = newCertificate();

const impatient: PbxDriver = {
  ...switchvox,
  manifest: { ...IMPATIENT, capabilities: capabilitiesOf(switchvox.manifest, {}) },
};
/** Calls between the same two can not be told apart, so each that is to talk on has another pair. */
const TALKERS = ['101', '102', '103', '106', '107', '108', '109', '201'];
let talks = 0;
const fates: Record<Fate, Pair> = {
  ...FATES,
  get talking(): Pair {
    return [TALKERS[talks++ % TALKERS.length] ?? '101', '105'];
  },
};

describeDriver(impatient, async (trouble) => {
  const tls = await certificate;
  const pbx = await startSwitchvoxSandbox({
    username: 'c2c',
    password: PASSWORD,
    pace: 0.3,
    tls,
    faults: FAULTS[trouble],
  });
  const secret = trouble === 'wrong_secret' ? 'wrong-4711' : PASSWORD;
  const settings = {
    host: pbx.host,
    port: trouble === 'not_there' ? '1' : String(pbx.port),
    username: 'c2c',
    password: secret,
    fingerprint: trouble === 'other_certificate' ? 'AB'.repeat(32) : tls.fingerprint,
    call_id_variable: 'c2c_id',
    answer_seconds: '2',
  };
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
    fates,
    isPolled: true,
    extensions: { known: '101', unknown: '999', privileged: '201', outside: '12125551234' },
    rang: (channelId) =>
      Promise.resolve(
        pbx
          .calls()
          .filter((call) => call.variables['c2c_id'] === channelId)
          .reduce((times, call) => times + call.rang.first, 0),
      ),
    endCalls: () => Promise.resolve(pbx.endCalls()),
    cut: () => Promise.resolve(pbx.cut()),
    close: () => pbx.close(),
  };
});
