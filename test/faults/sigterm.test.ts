import { afterAll, beforeAll, expect, it } from 'vitest';
import { startAmiSandbox, type AmiSandbox } from '../../src/pbx/sandbox/ami/ami-sandbox.ts';
import { startGatewayProcess, type GatewayProcess } from '../journeys/gateway.ts';
import { everyCall, unheard } from '../journeys/told.ts';
import { startReceiver, type Receiver } from '../receiver.ts';
import { startClicks } from './lanes.ts';

const ROUNDS = 3;
const PATIENCE = { timeout: 60_000, interval: 500 };
const LOGIN = { username: 'c2c', secret: 'canary' };

let pbx: AmiSandbox;
let receiver: Receiver;
let gateway: GatewayProcess;

beforeAll(async () => {
  pbx = await startAmiSandbox({ ...LOGIN, pace: 0.05 });
  receiver = await startReceiver();
  const settings = { originates_per_second: 1000, calls_in_progress: 1000 };
  const door = { amiPort: pbx.port, amiUsers: { c2c: LOGIN } };
  gateway = await startGatewayProcess(door, { settings, receiverUrl: receiver.url });
});

afterAll(async () => {
  await gateway[Symbol.asyncDispose]();
  await receiver[Symbol.asyncDispose]();
  await pbx.close();
});

it('SIGTERM under load loses no call and no event: the next process tells the rest', async () => {
  const stream: number[] = [];
  const answered: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const { ended } = await follow(stream);
    const clicks = startClicks(gateway);
    const enough = () => clicks.ids('success').length;
    await expect.poll(enough, { ...PATIENCE, interval: 5 }).toBeGreaterThan(20 + round);
    expect(await gateway.stop(), 'it ends by itself').toBe(0);
    await Promise.all([clicks.stop(), ended]);
    expect(clicks.ids('fail'), 'what it takes before it ends, it does').toEqual([]);
    answered.push(...clicks.ids('success'));
    const outcomes = (await everyCall(gateway)).map(({ outcome }) => outcome);
    expect(new Set(outcomes), 'and what it has asked a PBX for, it waits for').toEqual(new Set(['accepted']));
    await gateway.start();
  }
  const written = new Set(gateway.callIds());
  expect(answered.filter((id) => !written.has(id))).toEqual([]);
  const rung = pbx.calls().map(({ channelId }) => channelId.slice('c2c-'.length));
  expect(
    rung.filter((id) => !written.has(id)),
    'who rang is in the journal',
  ).toEqual([]);

  const open = async () =>
    (await everyCall(gateway)).filter(({ life: { state } }) => state !== 'ended' && state !== 'unknown');
  await expect.poll(open, PATIENCE).toEqual([]);
  const calls = await everyCall(gateway);
  await expect.poll(() => unheard(receiver.events(), calls), PATIENCE).toEqual([]);
  const told = calls.reduce((sum, { life }) => sum + life.told, 0);
  const { ended } = await follow(stream);
  await expect.poll(() => stream.length, PATIENCE).toBe(told);
  expect(stream, 'a stream that comes back has all of them, once').toEqual(
    Array.from({ length: told }, (_, index) => index + 1),
  );
  await gateway.stop();
  await ended;
}, 180_000);

interface Following {
  /** Settles when the server ends the stream. */
  readonly ended: Promise<void>;
}

/** Goes on with the account's events after those that `ids` has, and puts what comes there. */
async function follow(ids: number[]): Promise<Following> {
  const headers = { authorization: `Bearer ${gateway.key}`, 'last-event-id': String(ids.at(-1) ?? 0) };
  const answer = await fetch(`${gateway.url}/v3/events`, { headers });
  const read = async (): Promise<void> => {
    let rest = '';
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const [, id] of blocks.join('\n\n').matchAll(/^id: (\d+)\nevent: /gm)) ids.push(Number(id));
    }
  };
  return { ended: read() };
}
