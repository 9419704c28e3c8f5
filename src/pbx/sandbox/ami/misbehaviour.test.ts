import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startAmiSandbox, type AmiSandbox } from './ami-sandbox.ts';
import { originate, TestClient } from './test-client.ts';

let pbx: AmiSandbox;

beforeEach(async () => {
  pbx = await startAmiSandbox({ pace: 0.02 });
});
afterEach(() => pbx.close());

function eitherSide(number: string) {
  return [
    ['first', originate('1', `PJSIP/${number}`, '101')],
    ['second', originate('1', 'PJSIP/101', number)],
  ] as const;
}

describe('orders that the PBX treats badly, by their number on either side', () => {
  it.each(eitherSide('403'))('403 as the %s: denied, and nothing rings', async (_, order) => {
    const client = await TestClient.open(pbx.port);
    expect((await client.ask(order)).get('Message')).toBe('Permission denied');
    expect(pbx.calls()).toEqual([]);
  });

  it.each(eitherSide('444'))(
    '444 as the %s: the link breaks without a reply, and the call is made',
    async (_, order) => {
      const client = await TestClient.open(pbx.port);
      const witness = await TestClient.open(pbx.port);
      client.send(order);
      await client.ended();
      expect(client.replies).toHaveLength(1);
      await witness.event('OriginateResponse', '1');
      expect(pbx.calls()[0]?.rang.first).toBe(1);
    },
  );

  it.each(eitherSide('502'))('502 as the %s: something that is no AMI comes back', async (_, order) => {
    const client = await TestClient.open(pbx.port);
    client.send(order);
    await client.until(() => client.text.includes('502 Bad Gateway'), 'garbage');
    expect(client.text).not.toContain('queued');
    expect(pbx.calls()).toEqual([]);
  });

  it.each(eitherSide('504'))(
    '504 as the %s: the reply comes late, and keeps nobody else waiting',
    async (_, order) => {
      const client = await TestClient.open(pbx.port);
      const started = performance.now();
      client.send(order);
      expect((await client.ask('Action: Ping')).get('Ping')).toBe('Pong');
      await client.until(() => client.text.includes('successfully queued'), 'the late reply');
      expect(performance.now() - started).toBeGreaterThan(290);
      expect(client.text.indexOf('Event: DialBegin')).toBeLessThan(
        client.text.indexOf('successfully queued'),
      );
    },
  );

  it.each(eitherSide('425'))('425 as the %s: events overtake the reply', async (_, order) => {
    const client = await TestClient.open(pbx.port);
    client.send(order);
    await client.until(() => client.text.includes('successfully queued'), 'the reply');
    expect(client.text.indexOf('Event: Newchannel')).toBeLessThan(client.text.indexOf('successfully queued'));
  });

  it('425 as the first: even the verdict does', async () => {
    const client = await TestClient.open(pbx.port);
    client.send(originate('1', 'PJSIP/425', '101'));
    await client.until(() => client.text.includes('successfully queued'), 'the reply');
    expect(client.text.indexOf('OriginateResponse')).toBeLessThan(client.text.indexOf('successfully queued'));
  });
});

describe('faults', () => {
  it('refuseLogin', async () => {
    pbx.faults.refuseLogin = true;
    const client = await TestClient.open(pbx.port);
    expect(client.replies[0]?.get('Message')).toBe('Authentication failed');
    await client.ended();
  });

  it('loginDelayMs', async () => {
    pbx.faults.loginDelayMs = 10_000;
    const started = performance.now();
    await TestClient.open(pbx.port);
    expect(performance.now() - started).toBeGreaterThan(180);
  });

  it('neverAnswer: the order is carried out all the same', async () => {
    const client = await TestClient.open(pbx.port);
    pbx.faults.neverAnswer = ['originate'];
    client.send(originate('1', 'PJSIP/101', '102'));
    await client.event('OriginateResponse', '1');
    expect(client.text).not.toContain('queued');
    delete pbx.faults.neverAnswer;
    expect((await client.ask('Action: Ping')).get('Ping')).toBe('Pong');
  });

  it('closeMidMessage', async () => {
    const client = await TestClient.open(pbx.port);
    pbx.faults.closeMidMessage = ['Ping'];
    client.send('Action: Ping\nActionID: half');
    await client.ended();
    expect(client.text.endsWith('\r\n\r\n')).toBe(false);
    expect(client.replies).toHaveLength(1);
  });

  it('splitBytes: the same messages, in many pieces', async () => {
    pbx.faults.splitBytes = 3;
    const client = await TestClient.open(pbx.port, { login: false });
    let pieces = 0;
    client.socket.on('data', () => (pieces += 1));
    await client.ask('Action: Login\nUsername: click2call\nSecret: sandbox\nEvents: call');
    expect((await client.ask('Action: ListCommands')).lines.length).toBeGreaterThan(10);
    expect(pieces).toBeGreaterThan(20);
    expect((await client.ask('Action: Logoff')).get('Response')).toBe('Goodbye');
  });

  it('eventsBeforeReply', async () => {
    const client = await TestClient.open(pbx.port);
    pbx.faults.eventsBeforeReply = true;
    client.send(originate('1', 'PJSIP/480', '102'));
    await client.until(() => client.text.includes('successfully queued'), 'the reply');
    expect(client.text.indexOf('OriginateResponse')).toBeLessThan(client.text.indexOf('successfully queued'));
  });

  it('floodEvents', async () => {
    const client = await TestClient.open(pbx.port);
    pbx.faults.floodEvents = 500;
    await client.ask('Action: Ping');
    expect(client.events).toHaveLength(500);
  });

  it('hugeLine', async () => {
    const client = await TestClient.open(pbx.port);
    pbx.faults.hugeLine = { bytes: 100_000, before: ['Ping'] };
    expect((await client.ask('Action: Ping')).get('Ping')).toBe('Pong');
    expect(client.events[0]?.get('Huge')).toHaveLength(100_000);
  });

  it('greeting', async () => {
    pbx.faults.greeting = 'SSH-2.0-OpenSSH_9.2\r\n';
    const client = await TestClient.open(pbx.port, { login: false });
    expect(client.text).toBe('SSH-2.0-OpenSSH_9.2\r\n');
  });
});

describe('links', () => {
  it('cut(): every link breaks, calls go on, and new links are welcome', async () => {
    const client = await TestClient.open(pbx.port);
    await client.ask(originate('1', 'PJSIP/105', '105'));
    pbx.cut();
    await client.ended();
    const again = await TestClient.open(pbx.port);
    await again.until(() => pbx.calls()[0]?.state === 'connected', 'the connection');
    expect((await again.ask('Action: Getvar\nChannel: c2c-1\nVariable: UNIQUEID')).get('Response')).toBe(
      'Success',
    );
  });

  it('stopAccepting(): standing links stay, new ones are refused until startAccepting()', async () => {
    const client = await TestClient.open(pbx.port);
    pbx.stopAccepting();
    expect((await client.ask('Action: Ping')).get('Ping')).toBe('Pong');
    const refused = new TestClient(connect(pbx.port, '127.0.0.1'));
    await refused.ended();
    expect(refused.text).toBe('');
    await pbx.startAccepting();
    await TestClient.open(pbx.port);
    expect(pbx.logins()).toBe(2);
  });

  it('at most fifty that have not logged in', async () => {
    const strangers = Array.from({ length: 50 }, () => TestClient.open(pbx.port, { login: false }));
    await Promise.all(strangers);
    const next = new TestClient(connect(pbx.port, '127.0.0.1'));
    await next.ended();
    expect(next.text).toBe('');
  });

  it('a client that does not read is dropped', async () => {
    const client = await TestClient.open(pbx.port);
    pbx.faults.floodEvents = 50_000;
    client.socket.pause();
    client.send('Action: Ping');
    while (pbx.logins() > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(client.text).not.toContain('Pong');
  });
});
