import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { testCli } from './test-cli.ts';

const cli = await testCli();
// Help needs no settings that could be read: it is what somebody asks for who has none right.
const env = { C2C_NOPE: '1' };

const COMMANDS = [
  'serve',
  'account create',
  'account list',
  'user create',
  'user list',
  'user link',
  'user remove',
  'key create',
  'key list',
  'key rotate',
  'key revoke',
  'key unfreeze',
  'link create',
  'link list',
  'link revoke',
  'pbx add',
  'pbx list',
  'pbx remove',
  'pbx examine',
  'pbx settings',
  'policy set',
  'policy show',
  'pbx guide',
  'call',
  'show',
  'webhook add',
  'webhook list',
  'webhook remove',
  'audit list',
  'audit verify',
  'rekey',
  'replay',
  'config',
];

test.each(COMMANDS)('%s --help tells its use, an example and the exit codes', async (command) => {
  const { code, stdout, stderr } = await cli.run([...command.split(' '), '--help'], { env });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(new RegExp(`^Usage: click2call ${command}`));
  expect(stdout).toMatch(new RegExp(`^Examples?:\n  click2call ${command}`, 'm'));
  expect(stdout).toMatch(/^ {2}70 +a fault of ours$/m);
});

test('the commands are these', async () => {
  const names = async (...args: string[]) => {
    const { stdout } = await cli.run([...args, '--help'], { env });
    const listed = stdout.slice(stdout.indexOf('\nCommands:'), stdout.indexOf('\nExit codes:'));
    return [...listed.matchAll(/^ {2}([a-z]+)/gm)].map((match) => match[1]).filter((name) => name !== 'help');
  };
  const groups = await Promise.all(
    (await names()).map(async (name) => {
      const inner = await names(name ?? '');
      return inner.length === 0 ? [name] : inner.map((each) => `${name} ${each}`);
    }),
  );
  expect(new Set(groups.flat())).toEqual(new Set(COMMANDS));
});

test('a command that is only a group shows its help as an error', async () => {
  for (const args of [[], ['account'], ['pbx']]) {
    const { code, stdout, stderr } = await cli.run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: click2call/);
  }
});

test('--version', async () => {
  expect((await cli.run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('none of it makes a data folder', () => {
  expect(existsSync(cli.dataDir)).toBe(false);
});
