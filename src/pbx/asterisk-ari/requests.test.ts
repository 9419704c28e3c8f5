import { describe, expect, it } from 'vitest';
import { newId } from '../../kit/ids.ts';
import { nothingLeft, open, startPbx, stateOf } from './test-session.ts';

describe('what a call costs the PBX, once it was asked who the extensions are', () => {
  const order = ['POST channels/first'];
  const join = [
    'POST bridges/first',
    'POST channels/create',
    'POST bridges/first/addChannel',
    'POST channels/second/dial',
  ];
  const talk = ['POST channels/second/variable'];
  const why = ['GET channels/first/variable', 'GET channels/first/variable'];
  const [endFirst, endSecond, endBridge] = ['first', 'second', 'bridge'].map((what) =>
    what === 'bridge' ? 'DELETE bridges/first' : `DELETE channels/${what}`,
  );

  it.each([
    ['both talk, and the second hangs up', '105', '104', [...order, ...join, ...talk, endFirst, endBridge]],
    ['both talk, and the first hangs up', '104', '105', [...order, ...join, ...talk, endSecond, endBridge]],
    ['the first is busy', '486', '105', order],
    ['the first is silent', '408', '105', order],
    ['the second is silent', '105', '408', [...order, ...join, endFirst, endBridge]],
    ['the second declines', '105', '603', [...order, ...join, ...why, endSecond, endFirst, endBridge]],
    ['the first gives up', '410', '408', [...order, ...join, endSecond, endBridge]],
  ])('%s', async (_what, first, second, requests) => {
    const pbx = await startPbx();
    const { click } = open(pbx);
    const askedOnce = await click(first, second, { seconds: 5 });
    await expect.poll(() => stateOf(pbx, askedOnce)).toBe('ended');
    const id = await click(first, second, { seconds: 5 });
    await expect.poll(() => stateOf(pbx, id)).toBe('ended');
    await nothingLeft(pbx);
    const from = pbx.requests().indexOf(`POST channels/${id}`);
    const asked = pbx
      .requests()
      .slice(from)
      .map((line) => line.replace(`${id}.second`, 'second').replace(id, 'first'));
    // Some go side by side: in which order they come is chance.
    expect(new Set(asked)).toEqual(new Set(requests));
    expect(asked).toHaveLength(requests.length);
  });
});

it('asks the PBX who an extension is once, however many calls there are', async () => {
  const pbx = await startPbx();
  const { session } = open(pbx);
  const plan = () => {
    const id = newId();
    const numbers = { first: '101', second: '102', dialAs: undefined, timeoutSeconds: 30 };
    return { callId: id, channelId: `c2c-${id}`, ...numbers };
  };
  const sentFor = (exchange: Awaited<ReturnType<typeof session.originate>>) =>
    exchange.filter(({ direction }) => direction === 'sent').map(({ data }) => String(data?.['line']));
  const first = sentFor(await session.originate(plan()));
  expect(first.at(0)).toBe('POST /ari/channels/create');
  expect(first).toHaveLength(7);
  expect(sentFor(await session.originate(plan()))).toHaveLength(1);
});
