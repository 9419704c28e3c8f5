import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { pbxDoorUrl } from '../../../contract/pbx-door.ts';
import { newCertificate } from '../../../test/certificate.ts';
import { openPbxDoor } from '../../http/pbx-door.ts';
import { systemClock } from '../../kit/clock.ts';
import { newId } from '../../kit/ids.ts';
import { createLogger } from '../../kit/logger.ts';
import { describeDriver, type Trouble } from '../conformance/describe-driver.ts';
import { InboundHub } from '../inbound-hub.ts';
import { FATES } from '../sandbox/fates.ts';
import { startAriSandbox } from '../sandbox/ari/ari-sandbox.ts';
import type { AriFaults } from '../sandbox/ari/faults.ts';
import { asteriskAriOutbound } from './driver.ts';

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

/** What the PBX's first attempt to come in ends with, where it can't. */
const KEPT_OUT: Partial<Record<Trouble, RegExp>> = {
  wrong_secret: /401/,
  other_certificate: /self-signed certificate/,
};

/** The real door, of one PBX. */
async function openDoor(pbxId: string, isSecure: boolean) {
  const hub = new InboundHub();
  hub.open();
  const server = isSecure ? createHttpsServer(await newCertificate()) : createHttpServer();
  openPbxDoor(server, {
    clock: systemClock,
    log: createLogger('silent'),
    doorKeyOf: (id) => Promise.resolve(id === pbxId ? SECRET : undefined),
    admit: (id, socket) => hub.add(id, socket),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    hub.close();
    await new Promise((resolve) => server.close(resolve));
  };
  return { hub, close, url: pbxDoorUrl(`${isSecure ? 'https' : 'http'}://127.0.0.1:${port}`) };
}

describeDriver(asteriskAriOutbound, async (trouble) => {
  const pbxId = newId();
  const door = await openDoor(pbxId, trouble === 'other_certificate');
  const pbx = await startAriSandbox({ pace: 0.1, faults: FAULTS[trouble] });
  const secret = trouble === 'wrong_secret' ? 'wrong-4711' : SECRET;
  if (trouble !== 'not_there') {
    const outcome = await pbx.dialOut({
      url: door.url,
      username: pbxId,
      password: secret,
      app: 'click2call',
    });
    if (!(KEPT_OUT[trouble] ?? /^connected$/).test(outcome)) throw new Error(outcome);
  }
  const inbound = door.hub.linksOf(pbxId);
  return {
    settings: {},
    secret,
    ...(inbound && { inbound }),
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
    close: async () => {
      await pbx.close();
      await door.close();
    },
  };
});
