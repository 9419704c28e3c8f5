import { expect, it } from 'vitest';
import { openParts } from '../../src/app.ts';
import { NEW_LIFE } from '../../src/calls/life.ts';
import { call, opening } from '../../src/store/conformance/samples.ts';
import { startSandboxGateway } from '../gateway.ts';

it('a call that another process placed and left is taken over, and seen to its end', async () => {
  await using gateway = await startSandboxGateway();
  const other = await openParts(gateway.parts.config);
  const { answer } = await other.placeCall.placeCall(
    { tenantId: gateway.account.id, keyId: undefined },
    {
      request: { dialFirst: '103', dialSecond: '104' },
      seen: { url: 'click2call call', method: 'CLI', data: {} },
      refusals: [],
      repeatWindowMicros: 0,
      askedAtMicros: other.clock.nowMicros(),
    },
  );
  expect(answer.outcome).toBe('accepted');
  await other.close();
  const { journal } = gateway.parts.store;
  const state = async () => (await journal.callById(answer.requestId))?.life.state;
  await expect.poll(state, { timeout: 20_000 }).toBe('ended');
  const notes = (await journal.entriesOf(answer.requestId)).filter(({ kind }) => kind === 'note');
  expect(notes[0]?.data).toMatchObject({ says: expect.stringContaining('another one has taken it over') });
}, 30_000);

it('a call that another process was asked to hang up, and left, is hung up by whoever takes it over', async () => {
  await using gateway = await startSandboxGateway();
  const other = await openParts(gateway.parts.config);
  const { answer } = await other.placeCall.placeCall(
    { tenantId: gateway.account.id, keyId: undefined },
    {
      request: { dialFirst: '103', dialSecond: '105' },
      seen: { url: 'click2call call', method: 'CLI', data: {} },
      refusals: [],
      repeatWindowMicros: 0,
      askedAtMicros: other.clock.nowMicros(),
    },
  );
  const atMicros = other.clock.nowMicros();
  await other.calls.take(answer.requestId, { atMicros, facts: [{ type: 'hang_up_asked' }], entries: [] });
  await other.close();
  const { journal } = gateway.parts.store;
  await expect
    .poll(async () => (await journal.callById(answer.requestId))?.life, { timeout: 20_000 })
    .toMatchObject({ state: 'ended', endedBy: 'api' });
}, 30_000);

it('a call whose PBX is gone ends as one that nobody can tell about', async () => {
  await using gateway = await startSandboxGateway();
  const { journal } = gateway.parts.store;
  const left = opening(gateway.account.id, {
    call: call(gateway.account.id, { life: NEW_LIFE }),
    tender: 'a process that died',
  });
  await journal.open(left);
  const now = () => journal.callById(left.call.id);
  await expect.poll(async () => (await now())?.life.state, { timeout: 20_000 }).toBe('unknown');
  expect(await now()).toMatchObject({
    outcome: 'in_doubt',
    life: { disposition: 'unknown', untold: 'pbx_removed' },
  });
}, 30_000);
