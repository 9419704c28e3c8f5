import { newCertificate } from '../../../test/certificate.ts';
import { describeDriver, type Trouble } from '../conformance/describe-driver.ts';
import { FATES } from '../sandbox/fates.ts';
import type { FreeswitchFaults } from '../sandbox/freeswitch/faults.ts';
import { startFreeswitchSandbox } from '../sandbox/freeswitch/freeswitch-sandbox.ts';
import { freeswitch } from './driver.ts';

const SECRET = 'canary-7f3a';
const FAULTS: Record<Trouble, FreeswitchFaults> = {
  none: {},
  events_before_reply: { eventsBeforeReply: true },
  split_bytes: { splitBytes: 1 },
  slow_login: { loginDelayMs: 3_000 },
  flood: { floodEvents: 200 },
  cut_mid_answer: { closeMidMessage: ['bgapi'] },
  never_answers: { neverAnswer: ['bgapi'] },
  huge_answer: { hugeBody: { bytes: 2_000_000, before: ['bgapi'] } },
  not_there: {},
  wrong_secret: {},
  other_certificate: {},
};

describeDriver(freeswitch, async (trouble) => {
  const tls = trouble === 'other_certificate' ? await newCertificate() : undefined;
  const pbx = await startFreeswitchSandbox({
    user: 'c2c',
    userPassword: SECRET,
    pace: 0.1,
    faults: FAULTS[trouble],
    ...(tls && { tls }),
  });
  const pinned = tls && { tls: 'true', fingerprint: 'AB'.repeat(32) };
  const secret = trouble === 'wrong_secret' ? 'wrong-4711' : SECRET;
  const settings = {
    ...pinned,
    host: pbx.host,
    port: trouble === 'not_there' ? '1' : String(pbx.port),
    domain: pbx.domain,
    user: 'c2c',
    password: secret,
  };
  return {
    settings,
    secret,
    numbers: {
      good: ['101', '105'],
      // A phone that is not registered: what this PBX can say before anybody's phone rings.
      refused: ['480', '101'],
      denied: ['101', '403'],
      inDoubt: ['101', '444'],
      garbage: ['101', '502'],
    },
    fates: FATES,
    extensions: { known: '101', unknown: '999', privileged: '201', outside: '12125551234' },
    rang: (channelId) =>
      Promise.resolve(pbx.calls().find(({ uuid }) => channelId === `c2c-${uuid}`)?.rang.first ?? 0),
    endCalls: () => Promise.resolve(pbx.endCalls()),
    cut: () => Promise.resolve(pbx.cut()),
    close: () => pbx.close(),
  };
});
