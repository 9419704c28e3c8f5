import { describe, expect, it, onTestFinished } from 'vitest';
import { type FreeswitchSandboxOptions, startFreeswitchSandbox } from './freeswitch-sandbox.ts';
import { TestClient } from './test-client.ts';

async function start(options: FreeswitchSandboxOptions = {}) {
  const pbx = await startFreeswitchSandbox({ pace: 0.02, ...options });
  onTestFinished(() => pbx.close());
  return pbx;
}

async function logIn(options: FreeswitchSandboxOptions = {}, events = 'BACKGROUND_JOB') {
  const pbx = await start(options);
  return { pbx, client: await TestClient.loggedIn(pbx.port, events) };
}

describe('a login to the sandbox', () => {
  it('goes by password, or by user and password, which are answered with their rights', async () => {
    const pbx = await start({ allowedApi: ['version'], allowedEvents: ['HEARTBEAT'] });
    const client = new TestClient(pbx.port);
    await client.next('auth/request');
    expect(await client.send('userauth click2call@sandbox.test:sandbox')).toBe('+OK accepted');
    expect(await client.send('api version')).toMatch(/^FreeSWITCH Version 1\.10/);
    expect(await client.send('api status')).toBe('-ERR permission denied');
    expect(await client.send('bgapi status')).toBe('-ERR permission denied');
    expect(await client.send('event plain CHANNEL_CREATE')).toBe('-ERR permission denied');
    expect(await client.send('event plain HEARTBEAT')).toBe('+OK event listener enabled plain');
    expect(pbx.logins()).toBe(1);
  });

  it.each(['auth wrong', 'userauth click2call@sandbox.test:wrong', 'userauth nobody@sandbox.test:sandbox'])(
    'is refused for %s, and the link is closed',
    async (command) => {
      const pbx = await start();
      const client = new TestClient(pbx.port);
      await client.next('auth/request');
      expect(await client.send(command)).toBe('-ERR invalid');
      expect((await client.next('text/disconnect-notice')).body).toMatch(/^Disconnected, goodbye\.\n/);
      await expect(client.send('api version')).rejects.toThrow('closed');
    },
  );

  it('is not even asked for from an address in no ACL', async () => {
    const pbx = await start({ faults: { rudeRejection: true } });
    const client = new TestClient(pbx.port);
    expect((await client.next('text/rude-rejection')).body).toBe('Access Denied, go away.\n');
    await expect(client.next('auth/request')).rejects.toThrow('closed');
  });
});

describe('a command', () => {
  it.each([
    ['api user_data 101@sandbox.test var user_context', 'internal'],
    ['api user_data 201@sandbox.test var toll_allow', 'domestic,local'],
    ['api user_data 101@sandbox.test var nothing', '-ERR no reply\n'],
    ['api user_data 999@sandbox.test var user_context', '-ERR no reply\n'],
    ['api user_exists id 101 sandbox.test', 'true'],
    ['api user_exists id 101 other.test', 'false'],
    ['api domain_exists sandbox.test', 'true'],
    ['api sofia_contact 101@sandbox.test', 'sofia/internal/sip:101@127.0.0.1:5060'],
    ['api sofia_contact */480@sandbox.test', 'error/user_not_registered'],
    ['api uuid_exists none', 'false'],
    ['api uuid_kill none', '-ERR No such channel!\n'],
    ['api originate user/101', expect.stringMatching(/^-USAGE: /)],
    ['api originate error/USER_BUSY &park', '-ERR USER_BUSY\n'],
    ['api originate nonsense/1 &park', '-ERR CHAN_NOT_IMPLEMENTED\n'],
    ['api toString', '-ERR toString Command not found!\n'],
    ['event json ALL', expect.stringMatching(/^-ERR/)],
    ['event plain', '-ERR no keywords supplied'],
    ['nonsense', '-ERR command not found'],
  ])('%s is answered as FreeSWITCH does', async (command, answer) => {
    const { client } = await logIn();
    expect(await client.send(command)).toEqual(answer);
  });

  it('in the background is answered at once, and its result is an event with the id that was given', async () => {
    const { client } = await logIn();
    expect(await client.send('bgapi uuid_exists none\nJob-UUID: job-1')).toBe('+OK Job-UUID: job-1');
    const { headers, body } = await client.event('BACKGROUND_JOB', 'job-1');
    expect(headers).toMatchObject({ 'Job-Command': 'uuid_exists', 'Job-Command-Arg': 'none' });
    expect(body).toBe('false');
  });

  it('without end, and whatever else comes, harms nobody', async () => {
    const { pbx } = await logIn();
    const hostile = new TestClient(pbx.port);
    await hostile.next('auth/request');
    expect(await hostile.send('api version')).toBe('-ERR command not found');
    await expect(hostile.send('x'.repeat(100_000))).rejects.toThrow('closed');
    const client = await TestClient.loggedIn(pbx.port, '');
    expect(await client.send('api uuid_exists none')).toBe('false');
  });
});
