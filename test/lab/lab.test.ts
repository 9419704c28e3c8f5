import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { amiSession } from './ami-session.ts';
import { startAsterisk, type Asterisk } from './asterisk.ts';
import { startPhone } from './phone.ts';

let lab: Asterisk;

beforeAll(async () => {
  lab = await startAsterisk();
});

afterAll(() => lab.stop());

describe('the PBX', () => {
  it('starts in seconds, and stands beside another', async () => {
    const before = Date.now();
    await using other = await startAsterisk();
    expect(Date.now() - before).toBeLessThan(10_000);
    expect(await other.cli('core show version')).toContain('Asterisk 22.');
    expect(await lab.cli('core show version')).toContain('Asterisk 22.');
    expect(other.amiPort).not.toBe(lab.amiPort);
    expect(other.phonePort('101')).not.toBe(lab.phonePort('101'));
  });

  it('listens on 127.0.0.1 alone', () => {
    const ports = [lab.amiPort, lab.amiTlsPort, lab.httpPort].map((port) => port.toString(16).toUpperCase());
    const listening = readFileSync('/proc/net/tcp', 'utf8').matchAll(
      / ([\dA-F]{8}):([\dA-F]{4}) 0{8}:0{4} 0A /g,
    );
    const addresses = [...listening]
      .filter(([, , port = '']) => ports.includes(port))
      .map(([, address]) => address);
    expect(addresses).toEqual(['0100007F', '0100007F', '0100007F']);
  });

  it('shows the certificate it told of', async () => {
    const greeting = await new Promise<string>((resolve, reject) => {
      const socket = connect({
        port: lab.amiTlsPort,
        host: '127.0.0.1',
        ca: readFileSync(lab.certificate.certificate),
      });
      socket.once('error', reject);
      socket.once('data', (text) => {
        resolve(`${socket.getPeerCertificate().fingerprint256} ${text.toString()}`);
        socket.destroy();
      });
    });
    expect(greeting).toMatch(`${lab.certificate.fingerprint} Asterisk Call Manager/`);
  });

  it('keeps the manager users apart', async () => {
    await using weak = await amiSession(lab.amiPort, lab.amiUsers.noright);
    const refused = await weak.send(
      'Action: Originate\nChannel: Local/100@default\nApplication: Wait\nData: 1\nAsync: true',
    );
    expect(refused.get('Message')).toBe('Permission denied');
    await using strong = await amiSession(lab.amiPort, lab.amiUsers.toomuch);
    expect((await strong.send('Action: Command\nCommand: core show uptime')).get('Response')).toBe('Success');
  });

  it('speaks ARI', async () => {
    const address = `http://127.0.0.1:${lab.httpPort}/ari/asterisk/info`;
    const { username, secret } = lab.ariUser;
    const authorization = `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}`;
    expect((await fetch(address)).status).toBe(401);
    expect((await fetch(address, { headers: { authorization } })).status).toBe(200);
  });

  it('comes back after a power failure with the same ports, and leaves nothing when it is stopped', async () => {
    const other = await startAsterisk();
    const first = other.pid();
    await other.kill();
    expect(isRunning(first)).toBe(false);
    await other.restart();
    const second = other.pid();
    expect(second).not.toBe(first);
    await using ami = await amiSession(other.amiPort, other.amiUsers.c2c);
    expect((await ami.send('Action: Ping')).get('Ping')).toBe('Pong');
    await other.stop();
    await other.stop();
    expect(isRunning(second)).toBe(false);
    expect(existsSync(other.etc)).toBe(false);
  });

  it('dies with the process that started it', async () => {
    const module = new URL('asterisk.ts', import.meta.url).href;
    const script = `const lab = await (await import('${module}')).startAsterisk(); console.log(lab.pid() + ' ' + lab.etc);`;
    const parent = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      `${script}; await new Promise(() => {});`,
    ]);
    const said = await new Promise<string>((resolve) =>
      parent.stdout.once('data', (text) => resolve(String(text).trim())),
    );
    const [pid, folder = ''] = [Number(said.split(' ')[0]), said.split(' ')[1]];
    expect(isRunning(pid) && existsSync(folder)).toBe(true);
    parent.kill('SIGKILL');
    await expect.poll(() => isRunning(pid) || existsSync(folder), { timeout: 3000 }).toBe(false);
  });
});

describe('the phones', () => {
  it('testify of a call', async () => {
    await using alice = await startPhone({ port: lab.phonePort('101'), behaviour: 'answer' });
    await lab.cli('channel originate PJSIP/101 application Wait 1');
    await alice.rang();
    const { exitCode, rang, answered, cancelled, calls } = await alice.result();
    expect({ exitCode, rang, answered, cancelled }).toEqual({
      exitCode: 0,
      rang: 1,
      answered: 1,
      cancelled: 0,
    });
    const [call] = calls;
    const { ringingAt = null, answeredAt = null, endedAt = null } = call ?? {};
    expect(Number(answeredAt) - Number(ringingAt)).toBeGreaterThanOrEqual(299);
    expect(Number(endedAt) - Number(answeredAt)).toBeGreaterThanOrEqual(900);
    await expect.poll(() => lab.cdr()).toContainEqual(expect.stringMatching(/^"sales","101",/));
  });

  it.each([
    ['busy', 486],
    ['decline', 603],
    ['unavailable', 480],
    ['congestion', 503],
  ] as const)('are %s', async (behaviour, status) => {
    await using phone = await startPhone({ port: lab.phonePort('104'), behaviour, refuseAfterMs: 100 });
    await lab.cli('channel originate PJSIP/104 application Wait 1');
    const { exitCode, rang, answered, calls } = await phone.result();
    expect({ exitCode, rang, answered, status: calls[0]?.status }).toEqual({
      exitCode: 0,
      rang: 1,
      answered: 0,
      status,
    });
  });

  it('take many calls at once, and hang up themselves', async () => {
    await using phone = await startPhone({
      port: lab.phonePort('105'),
      behaviour: 'answer',
      answerAfterMs: 500,
      hangUpAfterMs: 500,
      calls: 20,
    });
    for (let count = 0; count < 20; count += 1)
      await lab.cli('channel originate PJSIP/105 application Wait 9');
    const { exitCode, rang, answered } = await phone.result();
    expect({ exitCode, rang, answered }).toEqual({ exitCode: 0, rang: 20, answered: 20 });
  });

  it('tell what they saw when they are stopped, and how long they were silent', async () => {
    await using phone = await startPhone({ port: lab.phonePort('104'), behaviour: 'silent' });
    await using ami = await amiSession(lab.amiPort, lab.amiUsers.c2c);
    await ami.send(
      'Action: Originate\nChannel: PJSIP/104\nTimeout: 1500\nApplication: Wait\nData: 1\nAsync: true',
    );
    const { exitCode, calls } = await phone.result();
    expect(exitCode).toBe(0);
    expect(Number(calls[0]?.cancelledAt) - Number(calls[0]?.ringingAt)).toBeCloseTo(1500, -2.5);
    await using unused = await startPhone({ port: lab.phonePort('105'), behaviour: 'answer' });
    await expect(unused.result(100)).rejects.toThrow('not done after 100 ms');
    expect(await unused.stop()).toMatchObject({ exitCode: null, rang: 0 });
    await expect.poll(() => isRunning(unused.pid)).toBe(false);
  });
});

describe('an Originate', () => {
  it('bounds the second leg by itself, and shows each side the other', async () => {
    await using alice = await startPhone({ port: lab.phonePort('101'), behaviour: 'answer' });
    await using bob = await startPhone({ port: lab.phonePort('102'), behaviour: 'silent' });
    await using ami = await amiSession(lab.amiPort, lab.amiUsers.c2c);
    await ami.send(`Action: Originate
      Channel: PJSIP/101
      Timeout: 9000
      Application: Dial
      Data: Local/102@internal/n,4
      Variable: CALLERID(all)="Boss" <+12125550100>
      Variable: CONNECTEDLINE(all,i)="Call to" <102>
      Account: board
      ChannelId: lab-bounded
      Async: true`);
    const [first, second] = [await alice.result(), await bob.result()];
    expect(first.invites[0]?.shown).toEqual({ name: 'Call to', number: '102' });
    expect(second.invites[0]?.shown).toEqual({ name: 'Boss', number: '+12125550100' });
    // Once the second phone rings, the PBX tells the first one, in a re-INVITE, whose phone it is.
    expect(first.calls[0]?.updates.at(-1)?.shown).toEqual({ name: 'Bob', number: '102' });
    const rangFor = Number(second.calls[0]?.cancelledAt) - Number(second.calls[0]?.ringingAt);
    expect(Math.abs(rangFor - 4000)).toBeLessThan(1000);
    await ami.waitFor({ Event: 'Hangup', Uniqueid: 'lab-bounded', Linkedid: 'lab-bounded' });
    await expect.poll(() => lab.cdr()).toContainEqual(expect.stringMatching(/^"board",.*"lab-bounded"$/));
  });

  it('with both an application and an extension: the extension is checked, the application is run', async () => {
    await using ami = await amiSession(lab.amiPort, lab.amiUsers.c2c);
    await using alice = await startPhone({ port: lab.phonePort('101'), behaviour: 'answer' });
    await using bob = await startPhone({ port: lab.phonePort('102'), behaviour: 'busy' });
    await using carol = await startPhone({ port: lab.phonePort('103'), behaviour: 'busy' });
    expect((await ami.send(withBoth('999'))).get('Message')).toBe('Extension does not exist.');
    expect(await alice.report()).toMatchObject({ rang: 0 });
    expect((await ami.send(withBoth('103'))).get('Response')).toBe('Success');
    expect(await bob.result()).toMatchObject({ rang: 1 });
    expect(await alice.result()).toMatchObject({ rang: 1, answered: 1 });
    expect(await carol.stop()).toMatchObject({ rang: 0 });
  });

  it('through FreePBX leaves with the outbound number of the user it names', async () => {
    await using ami = await amiSession(lab.amiPort, lab.amiUsers.c2c);
    await using frida = await startPhone({
      port: lab.phonePort('301'),
      behaviour: 'answer',
      hangUpAfterMs: 1000,
    });
    await using carrier = await startPhone({ port: lab.phonePort('carrier'), behaviour: 'answer' });
    await ami.send(`Action: Originate
      Channel: Local/301@originate-skipvm/n
      Context: from-internal
      Exten: 12125551234
      Priority: 1
      CallerID: "Boss" <201>
      Variable: REALCALLERIDNUM=201
      Async: true`);
    const { invites } = await carrier.result();
    expect(invites[0]?.requestUri).toMatch(/^sip:12125551234@/);
    expect(invites[0]?.shown).toEqual({ name: 'Example Corp', number: '+12125550100' });
    expect(await frida.result()).toMatchObject({ exitCode: 0, answered: 1 });
  });

  it('through FreePBX is answered by voicemail, but not by way of originate-skipvm', async () => {
    await using ami = await amiSession(lab.amiPort, lab.amiUsers.c2c);
    await using gus = await startPhone({ port: lab.phonePort('302'), behaviour: 'busy', calls: 2 });
    await ami.send(toGus('from-internal'));
    await ami.waitFor({ Event: 'OriginateResponse', Uniqueid: 'lab-from-internal', Response: 'Success' });
    await ami.send(toGus('originate-skipvm'));
    await ami.waitFor({ Event: 'OriginateResponse', Response: 'Failure' });
    expect(await gus.result()).toMatchObject({ rang: 2 });
  });
});

function withBoth(exten: string): string {
  return `Action: Originate
    Channel: PJSIP/101
    Application: Dial
    Data: Local/102@internal/n,4
    Context: internal
    Exten: ${exten}
    Priority: 1
    Async: true`;
}

function toGus(context: string): string {
  return `Action: Originate
    Channel: Local/302@${context}/n
    ChannelId: lab-${context}
    Application: Wait
    Data: 1
    Async: true`;
}

/** A process that ended but was not yet waited for is not running. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
