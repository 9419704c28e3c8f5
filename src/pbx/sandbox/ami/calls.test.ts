import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startAmiSandbox, type AmiSandbox } from './ami-sandbox.ts';
import { originate, TestClient } from './test-client.ts';

let pbx: AmiSandbox;
let client: TestClient;

beforeEach(async () => {
  pbx = await startAmiSandbox({ pace: 0.02 });
  client = await TestClient.open(pbx.port);
});
afterEach(() => pbx.close());

/** Sends an order, and waits until its first channel is gone. */
async function play(id: string, first: string, second: string, options = {}): Promise<void> {
  expect((await client.ask(originate(id, first, second, options))).get('Message')).toBe(
    'Originate successfully queued',
  );
  await client.event('OriginateResponse', id);
  await client.until(() => pbx.calls().at(-1)?.state === 'ended', 'the end of the call');
  await client.ask('Action: Ping');
}

/** How a channel ended: cause, its text, and the SIP status where there is one. */
function hangupOf(channel: (name: string, uniqueid: string) => boolean): (string | undefined)[] {
  const event = client.events.find(
    (event) => event.get('Event') === 'Hangup' && channel(event.get('Channel'), event.get('Uniqueid')),
  );
  return ['Cause', 'Cause-txt', 'TechCause'].map((header) => event?.get(header));
}

describe('445', () => {
  it('breaks the link when both have talked for a while; the call goes on to its own end', async () => {
    const other = await TestClient.open(pbx.port);
    await client.ask(originate('1', 'PJSIP/445', '105'));
    await client.ended();
    expect(client.names()).toContain('BridgeEnter');
    expect(client.names()).not.toContain('Hangup');
    await other.until(() => pbx.calls()[0]?.state === 'ended', 'the end of the call');
    expect(pbx.calls()[0]?.cause).toBe(16);
    expect((await other.ask('Action: Ping')).get('Ping')).toBe('Pong');
  });
});

describe('a call that is answered on both sides', () => {
  it('tells its life in the order of an Asterisk 22', async () => {
    await play('1', 'PJSIP/101', '102');
    expect(client.names().filter((name) => name !== 'DeviceStateChange')).toEqual([
      'Newchannel',
      'NewConnectedLine',
      'NewCallerid',
      'NewAccountCode',
      'DialBegin',
      'Newstate',
      'DialState',
      'Newstate',
      'DialEnd',
      'OriginateResponse',
      'Newchannel',
      'Newchannel',
      'NewCallerid',
      'NewAccountCode',
      'NewConnectedLine',
      'NewCallerid',
      'NewAccountCode',
      'NewConnectedLine',
      'LocalBridge',
      'DialBegin',
      'Newchannel',
      'NewAccountCode',
      'NewConnectedLine',
      'DialBegin',
      'Newstate',
      'NewConnectedLine',
      'NewConnectedLine',
      'Newstate',
      'NewCallerid',
      'DialState',
      'DialState',
      'Newstate',
      'DialEnd',
      'Newstate',
      'Newstate',
      'DialEnd',
      'BridgeCreate',
      'BridgeEnter',
      'BridgeEnter',
      'BridgeCreate',
      'BridgeEnter',
      'BridgeEnter',
      'HangupRequest',
      'BridgeLeave',
      'BridgeLeave',
      'HangupRequest',
      'Hangup',
      'BridgeDestroy',
      'Hangup',
      'BridgeLeave',
      'BridgeLeave',
      'Hangup',
      'BridgeDestroy',
      'Hangup',
    ]);
  });

  it('replies before the first event', async () => {
    await play('1', 'PJSIP/101', '102');
    expect(client.messages[1]?.get('Message')).toBe('Originate successfully queued');
  });

  it('names our channel id as Linkedid of every channel', async () => {
    await play('1', 'PJSIP/101', '102');
    const born = client.events.filter((event) => event.get('Event') === 'Newchannel');
    expect(born.map((event) => event.get('Linkedid'))).toEqual(Array(4).fill('c2c-1'));
    expect(born[0]?.get('Uniqueid')).toBe('c2c-1');
  });

  it('tells the verdict on the first leg with our ActionID and reason 4', async () => {
    await play('1', 'PJSIP/101', '102');
    expect((await client.event('OriginateResponse', '1')).lines).toEqual([
      'Event: OriginateResponse',
      'Privilege: call,all',
      'ActionID: 1',
      'Response: Success',
      'Channel: PJSIP/101-00000000',
      'Application: Dial',
      'Data: Local/102@internal/n,30',
      'Reason: 4',
      'Uniqueid: c2c-1',
      'CallerIDNum: <unknown>',
      'CallerIDName: <unknown>',
    ]);
  });

  it('names no Channel in what dials the first leg, and both in what dials the second', async () => {
    await play('1', 'PJSIP/101', '102');
    const dials = client.events.filter((event) => event.get('Event') === 'DialBegin');
    expect(dials.map((event) => [event.get('Channel'), event.get('DestChannel')])).toEqual([
      ['', 'PJSIP/101-00000000'],
      ['PJSIP/101-00000000', 'Local/102@internal-00000000;1'],
      ['Local/102@internal-00000000;2', 'PJSIP/102-00000001'],
    ]);
  });

  it('shows the first phone whom it will reach, and the second the caller of the order', async () => {
    await play('1', 'PJSIP/101', '102');
    expect(pbx.calls()).toEqual([
      {
        channelId: 'c2c-1',
        first: '101',
        second: '102',
        callerId: '"Boss" <+12125550100>',
        connectedLine: '"Call to" <102>',
        account: 'board',
        context: 'internal',
        variables: { 'CALLERID(all)': '"Boss" <+12125550100>', 'CONNECTEDLINE(all,i)': '"Call to" <102>' },
        state: 'ended',
        cause: 16,
        rang: { first: 1, second: 1 },
      },
    ]);
  });

  it('lets the caller be overwritten by who answers, where the first leg is a Local channel', async () => {
    await play('1', 'Local/101@internal/n', '102');
    expect(pbx.calls()[0]).toMatchObject({
      callerId: '"Alice" <101>',
      cause: 16,
      rang: { first: 1, second: 1 },
    });
    expect(client.names().filter((name) => name === 'Hangup')).toHaveLength(6);
  });

  it('takes the plain form with Context, Exten and Priority', async () => {
    const reply = await client.ask(
      'Action: Originate\nActionID: p\nChannel: PJSIP/103\nChannelId: c2c-p\nContext: internal\nExten: 104\n' +
        'Priority: 1\nCallerID: "Carol" <103>\nAsync: true',
    );
    expect(reply.get('Response')).toBe('Success');
    await client.event('Hangup', 'c2c-p');
    expect((await client.event('OriginateResponse', 'p')).get('Exten')).toBe('104');
    expect(pbx.calls()[0]).toMatchObject({
      second: '104',
      callerId: '"Carol" <103>',
      connectedLine: '"Carol" <103>',
    });
  });

  it('reaches outside numbers through the context that may dial them, on either side', async () => {
    await play('1', 'Local/12125551234@longdistance/n', '13105551234', { context: 'longdistance' });
    expect(pbx.calls()[0]).toMatchObject({ state: 'ended', cause: 16, rang: { first: 1, second: 1 } });
  });
});

describe('a live channel', () => {
  beforeEach(async () => {
    await client.ask(originate('1', 'PJSIP/105', '105', { extra: 'Variable: __REALCALLERIDNUM=103' }));
    await client.until(() => pbx.calls()[0]?.state === 'connected', 'the connection');
  });

  it('is found by our id and by its name', async () => {
    for (const channel of ['c2c-1', 'PJSIP/105-00000000']) {
      const reply = await client.ask(`Action: Getvar\nChannel: ${channel}\nVariable: UNIQUEID`);
      expect(reply.get('Value')).toBe('c2c-1');
    }
    const reply = await client.ask('Action: Getvar\nChannel: c2c-1\nVariable: REALCALLERIDNUM');
    expect(reply.get('Value')).toBe('103');
  });

  it('is in the Status list, alone or with the others', async () => {
    await client.ask('Action: Status\nActionID: a\nChannel: c2c-1');
    expect((await client.event('StatusComplete', 'a')).get('Items')).toBe('1');
    expect((await client.event('Status', 'a')).get('Channel')).toBe('PJSIP/105-00000000');
    await client.ask('Action: Status\nActionID: b');
    expect((await client.event('StatusComplete', 'b')).get('Items')).toBe('4');
  });

  it('counts as in use', async () => {
    const reply = await client.ask('Action: Getvar\nVariable: DEVICE_STATE(PJSIP/105)');
    expect(reply.get('Value')).toBe('INUSE');
    expect((await client.ask('Action: CoreStatus')).get('CoreCurrentCalls')).toBe('1');
  });

  it('keeps its id from being used twice: the verdict is a failure with reason 0, and nothing rings', async () => {
    await client.ask(originate('1', 'PJSIP/101', '102').replace('ActionID: 1', 'ActionID: again'));
    const verdict = await client.event('OriginateResponse', 'again');
    expect([verdict.get('Response'), verdict.get('Reason')]).toEqual(['Failure', '0']);
    expect(pbx.calls()).toHaveLength(1);
  });

  it('is hung up by its id with every other channel of the call, after the reply', async () => {
    const reply = await client.ask('Action: Hangup\nActionID: h\nChannel: c2c-1\nCause: 16');
    expect(reply.lines).toEqual(['Response: Success', 'ActionID: h', 'Message: Channel Hungup']);
    await client.until(() => pbx.calls()[0]?.state === 'ended', 'the end');
    await client.ask('Action: Ping');
    expect(client.names().filter((name) => name === 'Hangup')).toHaveLength(4);
    expect((await client.ask('Action: Hangup\nChannel: c2c-1')).get('Message')).toBe('No such channel');
  });
});

describe('a first leg that comes to nothing', () => {
  it.each([
    ['is busy', '486', '0', ['17', 'User busy', '486']],
    ['declines', '603', '0', ['21', 'Call Rejected', '603']],
    ['meets congestion', '503', '0', ['34', 'Circuit/channel congestion', '503']],
    ['is torn down', '487', '0', ['127', 'Interworking, unspecified', '487']],
    ['never answers', '408', '3', ['19', 'User alerting, no answer', '480']],
  ])('because it %s (%s): reason %s', async (_, number, reason, hangup) => {
    await play('1', `PJSIP/${number}`, '102', { timeoutMs: 4000 });
    const verdict = await client.event('OriginateResponse', '1');
    expect([verdict.get('Response'), verdict.get('Reason')]).toEqual(['Failure', reason]);
    expect(verdict.get('Channel')).toBe(`PJSIP/${number}`);
    expect(hangupOf((_, id) => id === 'c2c-1')).toEqual(hangup);
    expect(pbx.calls()[0]?.rang).toEqual({ first: 1, second: 0 });
  });

  it.each(['PJSIP/480', 'PJSIP/999', 'PJSIP/12125551234', 'SIP/101'])(
    'because %s is not there: reason 0, and no channel at all',
    async (first) => {
      await play('1', first, '102');
      expect(client.names()).toEqual(['OriginateResponse']);
      expect((await client.event('OriginateResponse', '1')).get('Reason')).toBe('0');
      expect(pbx.calls()[0]).toMatchObject({ state: 'ended', rang: { first: 0, second: 0 } });
    },
  );

  it.each([
    ['486', '5', '0'],
    ['603', '8', '0'],
    ['408', '3', '19'],
    ['480', '8', '0'],
    ['9999', '0', '0'],
  ])('through the dialplan (Local/%s): reason %s, cause %s', async (number, reason, cause) => {
    await play('1', `Local/${number}@internal/n`, '102', { timeoutMs: 4000 });
    expect((await client.event('OriginateResponse', '1')).get('Reason')).toBe(reason);
    expect(hangupOf((_, id) => id === 'c2c-1')[0]).toBe(cause);
    expect(client.names().filter((name) => name === 'Newchannel').length).toBe(
      client.names().filter((name) => name === 'Hangup').length,
    );
  });

  it('because we hung up while it rang: reason 0, cause 16, in the order DialEnd, verdict, Hangup', async () => {
    await client.ask(originate('1', 'PJSIP/408', '102'));
    await client.event('DialState', 'c2c-1');
    await client.ask('Action: Hangup\nChannel: c2c-1\nCause: 16');
    await client.event('Hangup', 'c2c-1');
    expect(
      client
        .names()
        .filter((name) => name !== 'DeviceStateChange')
        .slice(-3),
    ).toEqual(['DialEnd', 'OriginateResponse', 'Hangup']);
    expect(hangupOf((_, id) => id === 'c2c-1').slice(0, 2)).toEqual(['16', 'Normal Clearing']);
  });
});

describe('a second leg that comes to nothing', () => {
  it.each([
    ['486', 'BUSY', ['17', 'User busy', '486'], ['0', 'Unknown', '']],
    ['603', 'CONGESTION', ['21', 'Call Rejected', '603'], ['0', 'Unknown', '']],
    ['503', 'CONGESTION', ['34', 'Circuit/channel congestion', '503'], ['0', 'Unknown', '']],
    ['408', 'NOANSWER', ['16', 'Normal Clearing', ''], ['0', 'Unknown', '']],
    ['480', 'CONGESTION', [undefined, undefined, undefined], ['0', 'Unknown', '']],
  ])('%s: DialStatus %s', async (second, status, phone, caller) => {
    await play('1', 'PJSIP/101', second, { seconds: 3 });
    const ends = client.events.filter(
      (event) => event.get('Event') === 'DialEnd' && event.get('Uniqueid') === 'c2c-1',
    );
    expect(ends.map((event) => event.get('DialStatus'))).toEqual([status]);
    expect(hangupOf((name) => name.startsWith(`PJSIP/${second}-`))).toEqual(phone);
    expect(hangupOf((_, id) => id === 'c2c-1')).toEqual(caller);
    expect((await client.event('OriginateResponse', '1')).get('Reason')).toBe('4');
  });

  it('is released when its own timeout is over, whatever the first one was', async () => {
    const started = performance.now();
    await play('1', 'PJSIP/103', '408', { seconds: 20, timeoutMs: 2000 });
    expect(performance.now() - started).toBeGreaterThan(20_000 * 0.02 * 0.9);
    expect(pbx.calls()[0]?.rang).toEqual({ first: 1, second: 1 });
  });

  it('ends with CANCEL where the first side leaves while it rings', async () => {
    await play('1', 'PJSIP/410', '408');
    const ends = client.events.filter(
      (event) => event.get('Event') === 'DialEnd' && event.get('Uniqueid') === 'c2c-1',
    );
    expect(ends.map((event) => event.get('DialStatus'))).toEqual(['CANCEL']);
    expect(pbx.calls()[0]?.cause).toBe(0);
    const wishes = client.events.filter((event) => event.get('Event') === 'HangupRequest');
    expect(wishes.map((event) => [event.get('Uniqueid'), event.get('Cause')])[0]).toEqual(['c2c-1', '']);
  });

  it.each(['PJSIP/12125551234,9', 'SIP/101,9', 'Local/9999@internal/n,9', ''])(
    'Dial(%s): nobody rings, and the caller is released',
    async (data) => {
      await client.ask(
        `Action: Originate\nActionID: 1\nChannel: PJSIP/103\nApplication: Dial\nData: ${data}\nAsync: 1`,
      );
      await client.until(() => pbx.calls()[0]?.state === 'ended', 'the end');
      expect(pbx.calls()[0]?.rang).toEqual({ first: 1, second: 0 });
    },
  );

  it('is refused before anybody rings where the context does not know it', async () => {
    for (const second of ['12125551234', '404', '0']) {
      expect((await client.ask(originate('1', 'PJSIP/101', second))).lines).toEqual([
        'Response: Error',
        'ActionID: 1',
        'Message: Extension does not exist.',
      ]);
    }
    expect(pbx.calls()).toEqual([]);
  });
});

describe('an order that is malformed', () => {
  it.each([
    ['Channel not specified', ''],
    ['Invalid channel', 'Channel: 101'],
    ['Invalid timeout', 'Channel: PJSIP/101\nTimeout: x'],
    ['Invalid priority', 'Channel: PJSIP/101\nContext: internal\nExten: 102\nPriority: x'],
    ['Uniqueid length exceeds maximum of 149', `Channel: PJSIP/101\nChannelId: ${'u'.repeat(150)}`],
    [
      'Originate Access Forbidden: app or data blacklisted',
      'Channel: PJSIP/101\nApplication: System\nData: rm',
    ],
    ["Originate with 'Exten' requires 'Context' and 'Priority'", 'Channel: PJSIP/101'],
  ])('is refused: %s', async (message, headers) => {
    const reply = await client.ask(`Action: Originate\nActionID: 1\n${headers}`);
    expect(reply.lines.slice(0, 3)).toEqual(['Response: Error', 'ActionID: 1', `Message: ${message}`]);
    expect(pbx.calls()).toEqual([]);
  });
});

describe('an order without Async', () => {
  it('keeps its link waiting until the first leg is decided', async () => {
    const [busy = '', answered = ''] = ['PJSIP/486', 'PJSIP/101'].map((first) =>
      originate('1', first, '102').replace('\nAsync: true', ''),
    );
    expect((await client.ask(busy)).get('Message')).toBe('Originate failed');
    expect((await client.ask(answered)).get('Message')).toBe('Originate successfully queued');
    expect(pbx.calls()[1]?.state).not.toBe('queued');
  });
});
