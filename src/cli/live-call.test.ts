import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFreeswitchSandbox } from '../pbx/sandbox/freeswitch/freeswitch-sandbox.ts';
import { messagesOf, objectOf, testCli, words, type Serving } from './test-cli.ts';

const pbx = await startFreeswitchSandbox({ user: 'c2c', userPassword: 'canary-pbx', pace: 0.05 });
afterAll(() => pbx.close());
const cli = await testCli();
beforeAll(async () => {
  await cli.run(words('account create --name acme'));
  const settings = {
    host: pbx.host,
    port: pbx.port,
    domain: pbx.domain,
    user: 'c2c',
    password: 'canary-pbx',
  };
  const set = Object.entries(settings).flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  await cli.run([...words('pbx add --account acme --name main --driver freeswitch'), ...set]);
});

const call = (first: string, second: string, ...more: readonly string[]) => [
  ...words(`call --account acme --pbx main --first ${first} --second ${second}`),
  ...more,
];

describe.each(['by itself', 'through the server that runs'])('click2call call, %s', (how) => {
  let server: Serving | undefined;
  beforeAll(async () => {
    if (how !== 'by itself') server = await cli.serve();
  });
  afterAll(async () => {
    server?.signal('SIGTERM');
    await server?.ended;
  });

  it('shows each thing as it happens, and says in the end what it was', async () => {
    const { code, stdout, stderr } = await cli.run(call('101', '104'));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.split('\n');
    expect(lines[0]).toBe('success: the PBX took the order');
    expect(lines.slice(3, 8).map((line) => line.replace(/^ +\d+\.\d{3} s/, 'at'))).toEqual([
      'at  101 rings',
      'at  101 answered',
      'at  104 rings',
      'at  both are connected',
      'at  over: answered',
    ]);
    expect(lines[8]).toMatch(/^101 and 104 were connected for \d\.\d s; then 104 hung up\./);
  });

  it('exits with 3 where it was not answered, and says why', async () => {
    const { code, stdout, stderr } = await cli.run(call('101', '486', '--json'));
    expect(code).toBe(3);
    expect(objectOf(stdout)).toMatchObject({
      status: 'success',
      outcome: 'accepted',
      call: { state: 'ended', disposition: 'busy', diagnosis: { code: 'second_busy' } },
    });
    expect(messagesOf(stderr)).toEqual(['The second phone, 486, was busy. Try again later.']);
  });

  it('ends with the answer to the order where nobody wants to wait', async () => {
    const { code, stdout } = await cli.run(call('101', '105', '--no-wait'));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^success: the PBX took the order\nrequest \S+\nSee it: click2call show \S+\n$/);
  });

  it('is left with Ctrl-C, and says how the call is ended', async () => {
    const running = cli.start(call('105', '105'));
    await running.printed(/(both are connected)/);
    running.signal('SIGINT');
    const { code, stdout, stderr } = await running.ended;
    const id = /request (\S+)/.exec(stdout)?.[1] ?? '';
    expect({ code, stderr }).toEqual({
      code: 130,
      stderr: `error: The call goes on. See it: click2call show ${id}. End it: DELETE /v3/calls/${id}.\n`,
    });
    expect(pbx.calls().at(-1)).toMatchObject({ uuid: id, state: 'connected' });
    pbx.endCalls();
  });
});

it('is told that the server ended in the middle of a call', async () => {
  const server = await cli.serve();
  const running = cli.start(call('105', '105'));
  await running.printed(/(both are connected)/);
  server.signal('SIGTERM');
  expect(await running.ended).toMatchObject({
    code: 4,
    stderr: expect.stringMatching(
      /^error: The server ended, and the call may go on\. See it: click2call show /,
    ),
  });
  expect((await server.ended).code).toBe(0);
  pbx.endCalls();
});
