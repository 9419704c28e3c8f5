import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { pbxDoorUrl } from '../../../contract/pbx-door.ts';
import { channelIdOf, type CallPlan } from '../../calls/call.ts';
import { openPbxDoor } from '../../http/pbx-door.ts';
import { createAddressGuard } from '../../kit/address-guard.ts';
import { systemClock } from '../../kit/clock.ts';
import { newId } from '../../kit/ids.ts';
import { createLogger } from '../../kit/logger.ts';
import type { CallEvent, PbxSession } from '../contract.ts';
import { InboundHub } from '../inbound-hub.ts';
import { startAriSandbox } from '../sandbox/ari/ari-sandbox.ts';
import { SessionPool } from '../session-pool.ts';
import { readSettings } from '../settings.ts';
import { asteriskAriOutbound } from './driver.ts';

const PBX = newId();
const SECRET = 'canary-7f3a';

/** A PBX in the box that has come in, and the sessions that are open with it. */
async function stage() {
  const log = createLogger('silent');
  const guard = createAddressGuard(true, []);
  const inbound = new InboundHub();
  inbound.open();
  const server = createServer();
  openPbxDoor(server, {
    clock: systemClock,
    log,
    doorKeyOf: (id) => Promise.resolve(id === PBX ? SECRET : undefined),
    admit: (id, socket) => inbound.add(id, socket),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const told: CallEvent[] = [];
  const sessions = new SessionPool({
    clock: systemClock,
    log,
    guard,
    inbound,
    hear: (_pbx, news) => {
      if (news.type === 'call') told.push(news);
    },
  });
  const url = pbxDoorUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const pbx = await startAriSandbox({ pace: 0.2 });
  onTestFinished(async () => {
    await sessions.close();
    await pbx.close();
    inbound.close();
    await new Promise((resolve) => server.close(resolve));
  });
  await pbx.dialOut({ url, username: PBX, password: SECRET, app: 'click2call' });
  /** The PBX as its settings were after so many changes. */
  const changed = (revision: number) => {
    const reading = readSettings(asteriskAriOutbound.manifest, { calls_in_progress: 10 + revision });
    if (!reading.ok) throw new Error(reading.problems.join('\n'));
    return { id: PBX, revision, driver: asteriskAriOutbound, settings: () => reading.settings };
  };
  const factsOf = ({ channelId }: CallPlan) =>
    told
      .filter((event) => event.channelId === channelId)
      .map(({ fact }) => (fact.type === 'leg' ? `${fact.side} ${fact.happened}` : fact.type));
  /** A session of its own. */
  const open = (): PbxSession => {
    const links = inbound.linksOf(PBX);
    const deps = { clock: systemClock, log, guard, emit: () => undefined, ...(links && { inbound: links }) };
    const session = asteriskAriOutbound.open(changed(0).settings(), deps);
    onTestFinished(() => session.close());
    return session;
  };
  return { pbx, sessions, changed, open, factsOf };
}

function planFor(first: string, second: string): CallPlan {
  const callId = newId();
  return { callId, channelId: channelIdOf(callId), first, second, dialAs: undefined, timeoutSeconds: 30 };
}

const LIFE = [
  'first asked',
  'first ringing',
  'first answered',
  'second asked',
  'second ringing',
  'second answered',
  'connected',
  'second hung_up',
  'second ended',
  'first ended',
  'ended',
];

it('a call under way goes on once, and is told once, when the settings of its PBX change', async () => {
  const { pbx, sessions, changed, factsOf } = await stage();
  const [before, after] = [planFor('102', '104'), planFor('103', '104')];
  await sessions.originate(changed(1), before);
  await sessions.originate(changed(2), after);
  const ended = () => [factsOf(before), factsOf(after)].every((facts) => facts.includes('ended'));
  await expect.poll(ended).toBe(true);
  expect(factsOf(after)).toEqual(LIFE);
  expect(new Set(factsOf(before))).toEqual(new Set(LIFE));
  expect(factsOf(before)).toHaveLength(LIFE.length);
  expect(pbx.calls().map(({ rang }) => rang)).toEqual([
    { first: 1, second: 1 },
    { first: 1, second: 1 },
  ]);
});

it('two sessions ask over one socket, and each has the answers to its own', async () => {
  const { open } = await stage();
  const both = [open(), open()] as const;
  const orders = Array.from({ length: 8 }, (_, at) => ({
    session: both[at % 2 === 0 ? 0 : 1],
    plan: planFor('102', '105'),
  }));
  const exchanges = await Promise.all(orders.map(({ session, plan }) => session.originate(plan)));
  for (const [at, exchange] of exchanges.entries())
    expect(exchange.at(-1)?.raw).toContain(orders[at]?.plan.channelId);
});
