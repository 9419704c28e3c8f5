import { describe, expect, it } from 'vitest';
import type { PbxError, PbxSession } from '../contract.ts';
import { nothingLeft, open, startPbx } from './test-session.ts';

describe('a first phone that can not be rung', () => {
  it.each([
    ['is not registered', '480', {}, 'phone_unregistered', /no phone is registered/],
    [
      'does not exist',
      '999',
      { lookup: 'none', context: 'internal' },
      'phone_unknown',
      /has no phone PJSIP\/999/,
    ],
  ] as const)('%s: the order is refused in the words of the PBX, and says so', async (...row) => {
    const [, first, settings, code, remedy] = row;
    const pbx = await startPbx();
    const { click } = open(pbx, settings);
    const error: unknown = await click(first, '102').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ phase: 'refused', code, said: 'Allocation failed' });
    expect((error as PbxError).remedy).toMatch(remedy);
    expect((error as PbxError).exchange.at(-1)?.raw).toMatch(/offline|Endpoint not found/);
    await nothingLeft(pbx);
  });
});

describe('an explanation', () => {
  const explain = (session: PbxSession, first: string, second: string, dialAs?: string) => {
    const plan = { callId: 'x', channelId: 'c2c-x', first, second, dialAs, timeoutSeconds: 20 };
    return session.explain?.(plan);
  };

  it('says what the PBX would be asked for, as whom, and what the phones would show; nothing rings', async () => {
    const pbx = await startPbx();
    const { session } = open(pbx);
    const explained = await explain(session, '101', '12125551234', '201');
    expect(explained).toMatchObject({
      dialAs: '201',
      rights: 'longdistance',
      firstShows: '"Call to" <12125551234>',
      secondShows: '"Judy" <201>',
      firstPhone: 'registered',
      secondExists: true,
    });
    const [head = '', body = ''] = explained?.order.split('\r\n\r\n') ?? [];
    expect(head).toBe('POST /ari/channels/c2c-x\r\nauthorization: ***\r\ncontent-type: application/json');
    expect(JSON.parse(body)).toMatchObject({
      endpoint: 'PJSIP/101',
      timeout: 20,
      variables: { 'CALLERID(all)': '"Judy" <201>' },
    });
    expect(explained?.exchange.length).toBeGreaterThan(2);
    expect(pbx.calls()).toEqual([]);
    await nothingLeft(pbx);
  });

  it('says what stands in the way: no phone, and a number that these rights do not have', async () => {
    const pbx = await startPbx();
    const { session } = open(pbx);
    expect(await explain(session, '480', '12125551234')).toMatchObject({
      firstPhone: 'unregistered',
      secondExists: false,
    });
    await expect(explain(session, '101', '102', '999')).rejects.toMatchObject({ code: 'dial_as_unknown' });
  });

  it('leaves out what can not be told', async () => {
    const pbx = await startPbx();
    const { session } = open(pbx, { second_channel: 'PJSIP/{second}' });
    const explained = await explain(session, '12125551234', '101', '201');
    expect(explained).not.toHaveProperty('firstPhone');
    expect(explained).not.toHaveProperty('secondExists');
  });
});
