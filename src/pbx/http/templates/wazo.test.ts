import { describe, expect, it } from 'vitest';
import { startHttpSandbox } from '../../sandbox/http/http-sandbox.ts';
import { CALL_ID, failureOf, planOf, startClick, written } from '../test-click.ts';

const ALICE = '00000000-0000-4000-8000-000000000101';
const settings = {
  username: 'click2call',
  password: 'sandbox',
  users: `101=${ALICE}`,
  contexts: '*=internal,201=longdistance',
};

describe('wazo', () => {
  it("asks for a token, and makes the first number's user call in the context of the extension dialled as", async () => {
    const { pbx, session } = startClick(await startHttpSandbox({ template: 'wazo' }), settings);
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

  it("says in Wazo's words why not", async () => {
    const { session } = startClick(await startHttpSandbox({ template: 'wazo' }), settings);
    expect(await failureOf(session.originate(planOf('101', '12125551234')))).toMatchObject({
      phase: 'refused',
      code: 'extension_unknown',
      said: 'Invalid extension',
    });
  });
});
