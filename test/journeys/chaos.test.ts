import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CallRecord } from '../../src/switchboard/ports.ts';
import { startAmiSandbox, type AmiSandbox } from '../../src/pbx/sandbox/ami/ami-sandbox.ts';
import type { SandboxCall } from '../../src/pbx/sandbox/ami/live-call.ts';
import { startReceiver, type Receiver } from '../receiver.ts';
import { startGatewayProcess, type GatewayProcess } from './gateway.ts';
import { everyCall, unheard } from './told.ts';

/*
 * What can go away does, at random moments and under load: the link to the PBX, the PBX itself with all its calls, and the
 * service, by kill -9. The PBX in the box is the witness: it says what it saw of each call, and was not asked by us. A receiver of
 * webhooks is there all the time.
 */
const ROUNDS = Number(process.env['CHAOS_ROUNDS'] ?? 10);
const LANES = 6;

let pbx: AmiSandbox;
let gateway: GatewayProcess;
let receiver: Receiver;
/** By call id; a call that lived while the PBX's memory of it was looked at more than once keeps the last look. */
const seen = new Map<string, SandboxCall>();
/** What was answered. */
const answered = new Set<string>();
let clicks = 0;

beforeAll(async () => {
  pbx = await startAmiSandbox({ username: 'c2c', secret: 'canary', pace: 0.05 });
  const login = { username: 'c2c', secret: 'canary' };
  const roomy = { originates_per_second: 1000, calls_in_progress: 1000 };
  receiver = await startReceiver();
  const options = { settings: roomy, receiverUrl: receiver.url };
  gateway = await startGatewayProcess({ amiPort: pbx.port, amiUsers: { c2c: login } }, options);
});

afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
  await pbx.close();
});

/** Each click has a second number of its own. */
async function lane(until: AbortSignal): Promise<void> {
  while (!until.aborted) {
    const dial_second = `12125${String(100_000 + ++clicks).padStart(6, '0')}`;
    const answer = await gateway.click({ dial_first: '201', dial_second }).catch(() => undefined);
    if (answer !== undefined) answered.add(answer.response.request_id);
    for (const call of pbx.calls()) seen.set(call.channelId.slice('c2c-'.length), call);
    await sleep(20);
  }
}

const HAPPENINGS: Readonly<Record<string, () => Promise<void>>> = {
  'the link is cut': async () => {
    pbx.cut();
    await sleep(100 * Math.random());
  },
  'the PBX restarts': async () => {
    pbx.stopAccepting();
    pbx.cut();
    pbx.endCalls();
    await sleep(300 * Math.random());
    await pbx.startAccepting();
  },
  'the service is killed': async () => {
    await gateway.kill();
    await gateway.start();
  },
};

it.each(Object.keys(HAPPENINGS))(
  `%s, ${ROUNDS} times under load: every call reaches an end, none is told a falsehood, no event is lost, and no phone rings twice`,
  async (name) => {
    const before = new Set(gateway.callIds());
    for (let round = 0; round < ROUNDS; round += 1) {
      const stop = new AbortController();
      const lanes = Array.from({ length: LANES }, () => lane(stop.signal));
      await sleep(150 + 250 * Math.random());
      await HAPPENINGS[name]?.();
      await sleep(50 + 100 * Math.random());
      stop.abort();
      await Promise.all(lanes);
    }
    const open = async () =>
      (await everyCall(gateway)).filter(({ life: { state } }) => state !== 'ended' && state !== 'unknown');
    // A process is taken for dead after 15 s, and its calls are asked for after that.
    await expect.poll(open, { timeout: 60_000, interval: 1_000 }).toEqual([]);
    for (const call of pbx.calls()) seen.set(call.channelId.slice('c2c-'.length), call);

    const calls = (await everyCall(gateway)).filter(({ id }) => !before.has(id));
    expect(calls.length).toBeGreaterThan(ROUNDS * 5);
    expect(calls.flatMap(falsehoods)).toEqual([]);
    const written = new Set(calls.map(({ id }) => id).concat(...before));
    expect(
      [...seen.keys()].filter((id) => !written.has(id)),
      'who rang is in the journal',
    ).toEqual([]);
    expect(
      [...answered].filter((id) => !written.has(id)),
      'what was answered is in the journal',
    ).toEqual([]);
    // What a process had taken up when it was killed is sent again after 20 s.
    await expect
      .poll(() => unheard(receiver.events(), calls), { timeout: 60_000, interval: 1_000 })
      .toEqual([]);
  },
  240_000 + ROUNDS * 5_000,
);

/** What was told of a call and is not what the PBX saw. */
function falsehoods({ id, outcome, life }: CallRecord): string[] {
  const witness = seen.get(id);
  const [first, second] = life.legs;
  const { rang } = witness ?? { rang: { first: 0, second: 0 } };
  const told = `${id} ${outcome} ${life.state} ${life.disposition}`;
  return [
    ...(rang.first > 1 || rang.second > 1 ? [`${told}: a phone rang twice`] : []),
    ...(outcome === 'accepted' && witness === undefined ? [`${told}: the PBX never had it`] : []),
    ...(outcome === 'failed' && witness !== undefined ? [`${told}: the PBX had it`] : []),
    ...(first.ringingAt !== undefined && rang.first === 0 ? [`${told}: the first never rang`] : []),
    ...(second.ringingAt !== undefined && rang.second === 0 ? [`${told}: the second never rang`] : []),
    // Every number here answers: what is not heard of may be told as nothing else.
    ...(['answered', 'unknown', 'failed', 'cancelled'].includes(life.disposition ?? '')
      ? []
      : [`${told}: nobody did that`]),
    ...(life.disposition === 'failed' && outcome !== 'failed' ? [`${told}: the PBX took it`] : []),
  ];
}
