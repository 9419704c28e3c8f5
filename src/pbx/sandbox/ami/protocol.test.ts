import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newCertificate } from '../../../../test/certificate.ts';
import { startAmiSandbox, type AmiSandbox } from './ami-sandbox.ts';
import { originate, TestClient } from './test-client.ts';

// Made for this test alone; good for nothing else.
let pbx: AmiSandbox;

beforeEach(async () => {
  pbx = await startAmiSandbox({ pace: 0.02 });
});
afterEach(() => pbx.close());

describe('the greeting', () => {
  it('is one line with CRLF and no blank line', async () => {
    const client = await TestClient.open(pbx.port, { login: false });
    expect(client.text).toBe('Asterisk Call Manager/11.0.0\r\n');
  });
});

describe('a login', () => {
  it('is accepted with its secret', async () => {
    const client = await TestClient.open(pbx.port, { login: false });
    const reply = await client.ask('Action: Login\nActionID: 7\nUsername: click2call\nSecret: sandbox');
    expect(reply.lines).toEqual(['Response: Success', 'ActionID: 7', 'Message: Authentication accepted']);
    expect(pbx.logins()).toBe(1);
  });

  it('is accepted with the MD5 of challenge and secret', async () => {
    const client = await TestClient.open(pbx.port, { login: false });
    const challenge = (await client.ask('Action: Challenge\nAuthType: MD5')).get('Challenge');
    expect(challenge).toMatch(/^\d+$/);
    const key = createHash('md5').update(`${challenge}sandbox`).digest('hex');
    const reply = await client.ask(`Action: Login\nAuthType: MD5\nUsername: click2call\nKey: ${key}`);
    expect(reply.get('Message')).toBe('Authentication accepted');
  });

  it('gets another challenge on each link', async () => {
    const [a, b] = [
      await TestClient.open(pbx.port, { login: false }),
      await TestClient.open(pbx.port, { login: false }),
    ];
    const ask = 'Action: Challenge\nAuthType: MD5';
    expect((await a.ask(ask)).get('Challenge')).not.toBe((await b.ask(ask)).get('Challenge'));
  });

  it.each([
    ['a wrong secret', 'Username: click2call\nSecret: guess'],
    ['a wrong user', 'Username: admin\nSecret: sandbox'],
    ['a key without a challenge', 'AuthType: MD5\nUsername: click2call\nKey: 0'],
    ['nothing', 'Secret: '],
  ])('fails with %s, and the link is closed', async (_, headers) => {
    const client = await TestClient.open(pbx.port, { login: false });
    const reply = await client.ask(`Action: Login\n${headers}`);
    expect(reply.lines).toEqual(['Response: Error', 'Message: Authentication failed']);
    await client.ended();
  });

  it('must come first: anything else is denied, and the link stays', async () => {
    const client = await TestClient.open(pbx.port, { login: false });
    for (const action of ['Ping', 'Originate', 'ListCommands', 'Wibble']) {
      expect((await client.ask(`Action: ${action}`)).get('Message')).toBe('Permission denied');
    }
    expect(client.closed).toBe(false);
  });

  it('ends with Logoff', async () => {
    const client = await TestClient.open(pbx.port);
    const reply = await client.ask('Action: Logoff\nActionID: x');
    expect(reply.lines).toEqual(['Response: Goodbye', 'ActionID: x', 'Message: Thanks for all the fish.']);
    await client.ended();
    expect(pbx.logins()).toBe(0);
  });
});

describe('what a message may be', () => {
  it('lines with a bare LF, names in any case, further spaces kept', async () => {
    const client = await TestClient.open(pbx.port);
    client.socket.write('ACTION: Ping\nactionid: a  b\n\n');
    await client.until(() => client.replies.length === 2, 'the pong');
    expect(client.replies[1]?.lines.slice(0, 3)).toEqual([
      'Response: Success',
      'ActionID: a  b',
      'Ping: Pong',
    ]);
    expect(client.replies[1]?.get('Timestamp')).toMatch(/^\d{10}\.\d{6}$/);
  });

  it('bytes in any pieces', async () => {
    const client = await TestClient.open(pbx.port);
    for (const byte of Buffer.from('Action: Ping\r\nActionID: ü\r\n\r\n'))
      client.socket.write(Buffer.of(byte));
    await client.until(() => client.replies.length === 2, 'the pong');
    expect(client.replies[1]?.get('ActionID')).toBe('ü');
  });

  it('a repeated header: the first wins', async () => {
    const client = await TestClient.open(pbx.port);
    expect((await client.ask('Action: Ping\nActionID: 1\nActionID: 2\nAction: Logoff')).lines).toContain(
      'ActionID: 1',
    );
  });

  it.each([
    [
      'a line of more than 1024 characters',
      `Foo: ${'x'.repeat(1100)}`,
      'Failed to parse message: line too long',
    ],
    [
      'more than 128 headers',
      Array(130).fill('Foo: x').join('\n'),
      'Too many lines in message or allocation failure',
    ],
  ])('not %s', async (_, headers, says) => {
    const client = await TestClient.open(pbx.port);
    const reply = await client.ask(`Action: Ping\nActionID: 1\n${headers}`);
    expect(reply.lines).toEqual(['Response: Error', 'ActionID: 1', `Message: ${says}`]);
    expect((await client.ask('Action: Ping')).get('Ping')).toBe('Pong');
  });

  it('exactly 1024 characters and 128 headers are fine', async () => {
    const client = await TestClient.open(pbx.port);
    const headers = [`Foo: ${'x'.repeat(1019)}`, ...Array(126).fill('Foo: x')].join('\n');
    expect((await client.ask(`Action: Ping\n${headers}`)).get('Ping')).toBe('Pong');
  });

  it('an endless line keeps no memory', async () => {
    const client = await TestClient.open(pbx.port);
    client.socket.write('Action: Ping\r\nFoo: ');
    for (let chunk = 0; chunk < 200; chunk += 1) client.socket.write('x'.repeat(65_536));
    expect((await client.ask('')).get('Message')).toContain('line too long');
  });

  it('not one without an action, nor with one that nobody knows', async () => {
    const client = await TestClient.open(pbx.port);
    expect((await client.ask('garbage')).lines).toEqual([
      'Response: Error',
      'Message: Missing action in request',
    ]);
    expect((await client.ask('Action: Wibble\nActionID: w')).lines).toEqual([
      'Response: Error',
      'ActionID: w',
      'Message: Invalid/unknown command: Wibble. Use Action: ListCommands to show available commands.',
    ]);
  });

  it('a client that asks without reading is slowed down, not served from memory', async () => {
    const client = await TestClient.open(pbx.port);
    client.socket.pause();
    const ping = 'Action: ListCommands\r\n\r\n'.repeat(2000);
    for (let batch = 0; batch < 100 && client.socket.writableLength < 1_000_000; batch += 1) {
      client.socket.write(ping);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(client.socket.writableLength).toBeGreaterThan(0);
    client.socket.destroy();
  });
});

describe('what a login may do', () => {
  it('is listed, each action with its privileges', async () => {
    const client = await TestClient.open(pbx.port);
    const { lines } = await client.ask('Action: ListCommands');
    expect(lines).toContain('Originate: Originate a call.  (Priv: originate,all)');
    expect(lines).toContain('Getvar: Gets a channel variable or function value.  (Priv: call,reporting,all)');
    expect(lines).toContain('Hangup: Hangup channel.  (Priv: system,call,all)');
    expect(lines).toContain('Ping: Keepalive command.  (Priv: <none>)');
  });

  it('depends on its rights', async () => {
    const poor = await startAmiSandbox({ pace: 0.02, write: ['reporting'], read: [] });
    const client = await TestClient.open(poor.port);
    const { lines } = await client.ask('Action: ListCommands');
    expect(lines.some((line) => line.startsWith('Originate'))).toBe(false);
    expect((await client.ask('Action: Originate\nChannel: PJSIP/101')).get('Message')).toBe(
      'Permission denied',
    );
    expect((await client.ask('Action: CoreSettings')).get('AsteriskVersion')).toMatch(/^22\..*-sandbox$/);
    await poor.close();
  });
});

describe('an event mask', () => {
  it.each([
    ['call', 'Success', 'On'],
    ['off', 'Success', 'Off'],
    ['zork', 'Success', 'Off'],
    ['on', 'Success', 'On'],
    ['', 'Error', ''],
  ])('"%s" is answered %s %s', async (mask, response, events) => {
    const client = await TestClient.open(pbx.port);
    const reply = await client.ask(`Action: Events\nEventMask: ${mask}`);
    expect([reply.get('Response'), reply.get('Events')]).toEqual([response, events]);
  });

  it('keeps events from who did not ask for them', async () => {
    const [deaf, all] = [
      await TestClient.open(pbx.port, { login: 'off' }),
      await TestClient.open(pbx.port, { login: 'on' }),
    ];
    await all.ask(
      'Action: Originate\nActionID: a\nChannel: PJSIP/480\nApplication: Wait\nData: 1\nAsync: yes',
    );
    await all.event('OriginateResponse', 'a');
    await deaf.ask('Action: Ping');
    expect(deaf.events).toEqual([]);
  });
});

describe('questions', () => {
  it.each([
    ['PJSIP_ENDPOINT(101,context)', 'internal'],
    ['PJSIP_ENDPOINT(101,callerid)', '"Alice" <101>'],
    ['PJSIP_ENDPOINT(101,accountcode)', '101'],
    ['PJSIP_ENDPOINT(201,context)', 'longdistance'],
    ['PJSIP_ENDPOINT(999,context)', ''],
    ['PJSIP_ENDPOINT(12125551234,context)', ''],
    ['DIALPLAN_EXISTS(internal,102,1)', '1'],
    ['DIALPLAN_EXISTS(internal,12125551234,1)', '0'],
    ['DIALPLAN_EXISTS(longdistance,12125551234,1)', '1'],
    ['DIALPLAN_EXISTS(nowhere,102,1)', '0'],
    ['DIALPLAN_EXISTS(internal)', '1'],
    ['DIALPLAN_EXISTS(nowhere)', '0'],
    ['DEVICE_STATE(PJSIP/101)', 'NOT_INUSE'],
    ['DEVICE_STATE(PJSIP/480)', 'UNAVAILABLE'],
    ['DEVICE_STATE(PJSIP/999)', 'INVALID'],
    ['NOSUCHFUNCTION(x)', ''],
  ])('Getvar %s says "%s"', async (expression, value) => {
    const client = await TestClient.open(pbx.port);
    const reply = await client.ask(`Action: Getvar\nActionID: g\nVariable: ${expression}`);
    expect(reply.lines).toEqual([
      'Response: Success',
      'ActionID: g',
      `Variable: ${expression}`,
      `Value: ${value}`,
    ]);
  });

  it('Getvar and Setvar of a channel that is gone are errors', async () => {
    const client = await TestClient.open(pbx.port);
    for (const action of ['Getvar', 'Setvar', 'Hangup', 'Status']) {
      const reply = await client.ask(`Action: ${action}\nChannel: c2c-gone\nVariable: X\nValue: 1`);
      expect(reply.lines).toEqual(['Response: Error', 'Message: No such channel']);
    }
  });

  it('Setvar keeps a value for Getvar, letter by letter', async () => {
    const client = await TestClient.open(pbx.port);
    await client.ask('Action: Setvar\nVariable: X\nValue: a=b,"c"');
    expect((await client.ask('Action: Getvar\nVariable: X')).get('Value')).toBe('a=b,"c"');
  });

  it('CoreStatus counts', async () => {
    const client = await TestClient.open(pbx.port);
    expect((await client.ask('Action: CoreStatus')).get('CoreCurrentCalls')).toBe('0');
  });

  it('Status without calls is a list of none', async () => {
    const client = await TestClient.open(pbx.port);
    await client.ask('Action: Status\nActionID: s');
    expect((await client.event('StatusComplete', 's')).get('ListItems')).toBe('0');
  });
});

describe('the end', () => {
  it('closes every link, and may be asked for twice', async () => {
    const client = await TestClient.open(pbx.port);
    await Promise.all([pbx.close(), pbx.close()]);
    await client.ended();
    await pbx.close();
    expect(pbx.logins()).toBe(0);
  });

  it('comes in the middle of a call, too', async () => {
    const client = await TestClient.open(pbx.port);
    await client.ask(originate('1', 'PJSIP/105', '105'));
    await pbx.close();
    await client.ended();
    expect(pbx.calls()[0]?.state).not.toBe('ended');
  });

  it('is told of by the system where the port is taken', async () => {
    await expect(startAmiSandbox({ port: pbx.port })).rejects.toThrow('EADDRINUSE');
  });
});

describe('TLS', () => {
  it('from the first byte, with a certificate of ours', async () => {
    const secure = await startAmiSandbox({ tls: await newCertificate() });
    const client = await TestClient.open(secure.port, { tls: true });
    expect((await client.ask('Action: Ping')).get('Ping')).toBe('Pong');
    const silent = connect(secure.port, '127.0.0.1');
    await once(silent, 'connect');
    await secure.close();
    await client.ended();
  });
});
