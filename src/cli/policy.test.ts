import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { messagesOf, objectOf, testCli, type TestCli } from './test-cli.ts';

let cli: TestCli;
beforeAll(async () => {
  cli = await testCli();
  await cli.run(['account', 'create', '--name', 'acme']);
});

test('a policy is shown, set rule by rule, and set as a whole', async () => {
  const show = ['policy', 'show', '--account', 'acme'];
  const before = await cli.run([...show, '--json']);
  expect(objectOf(before.stdout)).toMatchObject({ home_country: null, extension_digits: 6 });

  const rules = ['home_country=de', 'countries_allowed=DE, AT', 'hours=Mon,Wed 08:00-12:00;Fri 08:00-18:00'];
  const set = rules.flatMap((rule) => ['--set', rule]);
  const some = await cli.run(['policy', 'set', '--account', 'acme', ...set, '--set', 'calls_at_once=null']);
  expect(some).toMatchObject({ code: 0, stderr: '' });
  expect(some.stdout).toMatch(/^countries_allowed +DE, AT$/m);
  expect(some.stdout).toMatch(/^hours +Mon,Wed 08:00-12:00; Fri 08:00-18:00$/m);
  expect(some.stdout).toMatch(/^calls_at_once +-$/m);

  const file = join(dirname(cli.dataDir), 'policy.json');
  await writeFile(file, before.stdout);
  const whole = await cli.run(['policy', 'set', '--account', 'acme', '--file', file, '--json']);
  expect(objectOf(whole.stdout)).toEqual(objectOf(before.stdout));
  expect(await cli.run([...show, '--json'])).toMatchObject({ stdout: await readFile(file, 'utf8') });
});

test.each([
  [[], [/^Nothing is to be set; give --file policy\.json, or --set name=value\.$/]],
  [['--set', 'home_country'], [/^--set needs a name, = and a value, such as --set home_country=DE$/]],
  [
    ['--set', 'emergency=no', '--set', 'emergency=yes'],
    [/^The rule emergency is given twice; give it once\.$/],
  ],
  [
    ['--set', 'home_country=Germany', '--set', 'hours=always', '--set', 'countrys_denied=CU'],
    [
      /^home_country can not be "Germany"/,
      /^hours\[0\] can not be "always"/,
      /did you mean countries_denied\?$/,
    ],
  ],
  [['--file', '/nowhere'], [/^--file can not be read: ENOENT/]],
])('policy set %j is refused by what is wrong', async (args, expected) => {
  const { code, stdout, stderr } = await cli.run(['policy', 'set', '--account', 'acme', ...args, '--json']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(messagesOf(stderr)).toEqual(expected.map((each) => expect.stringMatching(each)));
});
