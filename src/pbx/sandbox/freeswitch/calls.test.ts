import { describe, expect, it, onTestFinished } from 'vitest';
import { startFreeswitchSandbox } from './freeswitch-sandbox.ts';
import { TestClient } from './test-client.ts';

const EVENTS =
  'BACKGROUND_JOB CHANNEL_CREATE CHANNEL_PROGRESS CHANNEL_ANSWER CHANNEL_BRIDGE CHANNEL_HANGUP CHANNEL_HANGUP_COMPLETE';

async function begin(dial: string, then: string, uuid = 'uuid-1') {
  const pbx = await startFreeswitchSandbox({ pace: 0.02 });
  onTestFinished(() => pbx.close());
  const client = await TestClient.loggedIn(pbx.port, EVENTS);
  const other = await TestClient.loggedIn(pbx.port, EVENTS);
  expect(
    await client.send(
      `bgapi originate '{^^;origination_uuid=${uuid};originate_timeout=5}${dial}' ${then}\nJob-UUID: job`,
    ),
  ).toBe('+OK Job-UUID: job');
  const seen = () => pbx.calls()[0];
  return { client, other, seen };
}

const to = (number: string, context = 'internal') =>
  `'m:^:export:nolocal:originate_timeout=5^transfer:${number} XML ${context}' inline`;

describe('a call of the sandbox', () => {
  it('lives from its first channel to the last hang-up, each event with the fields that tell whose it is', async () => {
    const { client, seen } = await begin('user/101@sandbox.test', to('102'));
    expect((await client.event('CHANNEL_CREATE', 'uuid-1')).headers).toMatchObject({
      'Unique-ID': 'uuid-1',
      'Channel-Call-UUID': 'uuid-1',
      'Channel-Name': 'sofia/internal/101@sandbox.test',
      'Call-Direction': 'outbound',
      'Answer-State': 'ringing',
      variable_user_context: 'internal',
    });
    expect((await client.event('CHANNEL_PROGRESS', 'uuid-1')).headers['Answer-State']).toBe('ringing');
    expect((await client.event('CHANNEL_ANSWER', 'uuid-1')).headers['Answer-State']).toBe('answered');
    expect((await client.event('BACKGROUND_JOB', 'job')).body).toBe('+OK uuid-1\n');
    const second = (await client.event('CHANNEL_CREATE')).headers;
    expect(second).toMatchObject({
      'Other-Type': 'originator',
      'Other-Leg-Unique-ID': 'uuid-1',
      'Channel-Call-UUID': 'uuid-1',
      'Caller-Destination-Number': '102',
      'Caller-Caller-ID-Number': '101',
    });
    expect((await client.event('CHANNEL_BRIDGE', 'uuid-1')).headers).toMatchObject({
      'Bridge-A-Unique-ID': 'uuid-1',
      'Bridge-B-Unique-ID': second['Unique-ID'],
    });
    expect((await client.event('CHANNEL_HANGUP_COMPLETE', second['Unique-ID'])).headers['Hangup-Cause']).toBe(
      'NORMAL_CLEARING',
    );
    expect((await client.event('CHANNEL_HANGUP_COMPLETE', 'uuid-1')).headers).toMatchObject({
      'Hangup-Cause': 'NORMAL_CLEARING',
      'Answer-State': 'hangup',
      variable_hangup_cause_q850: '16',
    });
    expect(seen()).toMatchObject({
      uuid: 'uuid-1',
      state: 'ended',
      rang: { first: 1, second: 1 },
      callerId: '"Alice" <101>',
    });
  });

  it.each([
    ['user/408@sandbox.test', 'NO_ANSWER', 1],
    ['user/486@sandbox.test', 'USER_BUSY', 1],
    ['user/487@sandbox.test', 'ORIGINATOR_CANCEL', 1],
    ['user/503@sandbox.test', 'NORMAL_TEMPORARY_FAILURE', 1],
    ['user/603@sandbox.test', 'CALL_REJECTED', 1],
    ['user/480@sandbox.test', 'USER_NOT_REGISTERED', 0],
    ['user/999@sandbox.test', 'SUBSCRIBER_ABSENT', 0],
    ['user/101@other.test', 'SUBSCRIBER_ABSENT', 0],
    ['loopback/12125551234/internal/XML', 'NO_ROUTE_DESTINATION', 0],
    ['sofia/gateway/trunk/999', 'UNALLOCATED_NUMBER', 0],
  ])('whose first leg is %s ends with %s', async (dial, cause, rang) => {
    const { client, seen } = await begin(dial, to('102'));
    expect((await client.event('BACKGROUND_JOB', 'job')).body).toBe(`-ERR ${cause}\n`);
    expect(seen()).toMatchObject({ cause, rang: { first: rang, second: 0 } });
  });

  it.each([
    ['408', 'NO_ANSWER', 1],
    ['410', 'NORMAL_CLEARING', 1],
    ['486', 'USER_BUSY', 1],
    ['603', 'CALL_REJECTED', 1],
    ['480', 'USER_NOT_REGISTERED', 0],
    ['12125551234', 'NO_ROUTE_DESTINATION', 0],
  ])('whose second number is %s ends with %s', async (number, cause, rang) => {
    const { client, seen } = await begin('user/101@sandbox.test', to(number));
    expect((await client.event('BACKGROUND_JOB', 'job')).body).toBe('+OK uuid-1\n');
    expect((await client.event('CHANNEL_HANGUP_COMPLETE', 'uuid-1')).headers['Hangup-Cause']).toBe(cause);
    expect(seen()?.rang).toEqual({ first: 1, second: rang });
  });

  it('may go on in the dialplan by number and context, and be killed', async () => {
    const { client, seen } = await begin('loopback/12125551234/longdistance/XML', '105 XML longdistance');
    await client.event('CHANNEL_BRIDGE', 'uuid-1');
    expect(await client.send('api uuid_exists uuid-1')).toBe('true');
    expect(await client.send('api uuid_kill uuid-1 CALL_REJECTED')).toBe('+OK\n');
    expect((await client.event('CHANNEL_HANGUP_COMPLETE', 'uuid-1')).headers['Hangup-Cause']).toBe(
      'CALL_REJECTED',
    );
    expect(await client.send('api uuid_exists uuid-1')).toBe('false');
    expect(seen()).toMatchObject({ first: '12125551234', second: '105', context: 'longdistance' });
  });

  it.each([
    ['104', '105', 'first'],
    ['105', '104', 'second'],
    ['102', '101', 'second'],
  ])(
    'between %s and %s is ended by the %s, whose channel alone has got a BYE',
    async (first, second, who) => {
      const { client } = await begin(`user/${first}@sandbox.test`, to(second));
      const bridge = (await client.event('CHANNEL_BRIDGE', 'uuid-1')).headers;
      const [one = '', other = ''] = [bridge['Bridge-A-Unique-ID'], bridge['Bridge-B-Unique-ID']];
      const [ender, ended] = who === 'first' ? [one, other] : [other, one];
      const hangup = (await client.event('CHANNEL_HANGUP')).headers;
      expect(hangup).toMatchObject({ 'Unique-ID': ender, variable_sip_term_status: '200' });
      // The disposition is noted only after the hang-up, and reported with its completion.
      expect(hangup).not.toHaveProperty('variable_sip_hangup_disposition');
      expect((await client.event('CHANNEL_HANGUP_COMPLETE', ender)).headers).toMatchObject({
        variable_sip_hangup_disposition: 'recv_bye',
        variable_hangup_cause_q850: '16',
      });
      expect((await client.event('CHANNEL_HANGUP_COMPLETE', ended)).headers).toMatchObject({
        variable_sip_hangup_disposition: 'send_bye',
      });
    },
  );

  it.each([
    ['486', '486', '17'],
    ['603', '603', '21'],
    ['503', '503', '41'],
    ['487', '487', '16'],
  ])('whose second phone answers with SIP %s has it on that channel', async (number, sip, q850) => {
    const { client } = await begin('user/101@sandbox.test', to(number));
    await client.event('CHANNEL_CREATE', 'uuid-1');
    const second = (await client.event('CHANNEL_CREATE')).headers['Unique-ID'];
    expect((await client.event('CHANNEL_HANGUP_COMPLETE', second)).headers).toMatchObject({
      variable_sip_hangup_disposition: 'recv_refuse',
      variable_sip_invite_failure_status: sip,
      variable_sip_term_status: sip,
      variable_hangup_cause_q850: q850,
    });
    expect((await client.event('CHANNEL_HANGUP_COMPLETE', 'uuid-1')).headers).toMatchObject({
      variable_sip_hangup_disposition: 'send_bye',
      variable_originate_failed_cause: expect.stringMatching(/./),
    });
  });

  it('through a loopback has two halves, and behind them the phone, each with who called it', async () => {
    const { client } = await begin('loopback/12125551234/longdistance/XML', to('105', 'longdistance'));
    const relay = (await client.event('CHANNEL_CREATE', '')).headers;
    expect(relay['Unique-ID']).toBe('uuid-1');
    const halves = [
      (await client.event('CHANNEL_CREATE')).headers,
      (await client.event('CHANNEL_CREATE')).headers,
    ];
    expect(halves).toMatchObject([
      { 'Channel-Name': 'loopback/12125551234-b', 'Call-Direction': 'inbound' },
      { 'Channel-Name': 'sofia/external/12125551234', 'Other-Leg-Channel-Name': 'loopback/12125551234-b' },
    ]);
    expect((await client.event('CHANNEL_HANGUP')).headers['Channel-Name']).toBe('sofia/external/12125551234');
  });

  it('with 445 in it loses its link when both have talked for a while, and goes on to its own end', async () => {
    const { client, other } = await begin('user/445@sandbox.test', to('105'));
    await client.event('CHANNEL_BRIDGE', 'uuid-1');
    await expect(client.event('CHANNEL_HANGUP')).rejects.toThrow('closed');
    expect((await other.event('CHANNEL_HANGUP', 'uuid-1')).headers['Hangup-Cause']).toBe('NORMAL_CLEARING');
  });
});
