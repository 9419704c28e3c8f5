import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startHttpSandbox } from '../../sandbox/http/http-sandbox.ts';
import { CALL_ID, CHANNEL, failureOf, planOf, startClick, toldBy, written } from '../test-click.ts';

const ALICE = '00000000-0000-4000-8000-000000000101';
const settings = {
  username: 'click2call',
  password: 'sandbox',
  users: `101=${ALICE}`,
  contexts: '*=internal,201=longdistance',
};

describe('wazo', () => {
  it("asks for a token, and makes the first number's user call in the context of the extension dialled as", async () => {
    const { pbx, session } = startClick(await startHttpSandbox({ template: 'wazo' }), {
      ...settings,
      follow_calls: false,
    });
    await session.originate(planOf('101', '105'));
    await session.originate(planOf('101', '12125551234', '201'));
    const call = (second: string, context: string) =>
      'POST /api/calld/1.0/calls\ncontent-type: application/json\nx-auth-token: token-1-of-the-sandbox\n\n' +
      `{"source":{"user":"${ALICE}"},"destination":{"extension":"${second}","context":"${context}","priority":1},` +
      `"variables":{"CLICK2CALL_ID":"${CALL_ID}"}}`;
    expect(pbx.requests().map(written)).toEqual([
      'POST /api/auth/0.1/token\ncontent-type: application/json\n' +
        `authorization: Basic ${Buffer.from('click2call:sandbox').toString('base64')}\n\n{"expiration":3600}`,
      call('105', 'internal'),
      call('12125551234', 'longdistance'),
    ]);
  });

  it('asks for the call by its id, and tells that both talk and that it is over', async () => {
    const { pbx, session, events } = startClick(
      await startHttpSandbox({ template: 'wazo', pace: 0.4 }),
      settings,
    );
    await session.originate(planOf('101', '104'));
    await expect.poll(() => toldBy(events).at(-1)).toBe('ended');
    expect(toldBy(events)).toEqual(['first ringing', 'first answered', 'connected', 'ended']);
    expect(pbx.requests().map(written)[2]).toBe(
      'GET /api/calld/1.0/calls/call-1\nx-auth-token: token-1-of-the-sandbox',
    );
    const asked = pbx.requests().length;
    await setTimeout(150);
    expect(pbx.requests(), 'nothing is asked of a call that is over').toHaveLength(asked);
  });

  it('ends a call, and is content where it is gone', async () => {
    const { pbx, session, events } = startClick(await startHttpSandbox({ template: 'wazo' }), settings);
    await session.originate(planOf('101', '105'));
    await session.hangUp?.(CHANNEL);
    await expect.poll(() => toldBy(events).at(-1)).toBe('ended');
    await session.hangUp?.(CHANNEL);
    expect(pbx.requests().map(written)).toContain(
      'DELETE /api/calld/1.0/calls/call-1\nx-auth-token: token-1-of-the-sandbox',
    );
  });

  it("says in Wazo's words why not", async () => {
    const { session } = startClick(await startHttpSandbox({ template: 'wazo' }), settings);
    expect(await failureOf(session.originate(planOf('101', '12125551234')))).toMatchObject({
      phase: 'refused',
      code: 'extension_unknown',
      said: 'Invalid extension',
    });
  });
});
