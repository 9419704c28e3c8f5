import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { userInfo } from 'node:os';
import { expect, test } from 'vitest';
import { listOf, messagesOf, testCli, words } from './test-cli.ts';

const cli = await testCli();
const run = (line: string) => cli.run(words(line));

test('the audit has who did what, and no secret', async () => {
  await run('account create --name Acme');
  await run(
    'pbx add --account acme --name main --driver asterisk-ami --set host=h --set username=u --set secret=canary-secret',
  );
  const { stdout: key } = await run('key create --account acme --label crm');
  await run(`key revoke --account acme ${key.trim()}`);
  await run(`key revoke --account acme ${key.trim()}`);
  await run('pbx remove --account acme --name main');
  await run('rekey');

  const listed = await run('audit list --json');
  const acts = listOf(listed.stdout).toReversed();
  const by = `command_line ${userInfo().username}`;
  expect(acts.map((each) => [each['log'], each['position'], each['action'], each['by']])).toEqual(
    [
      ['installation', 1, 'account.create', by],
      ['acme', 1, 'account.create', by],
      ['acme', 2, 'pbx.add', by],
      ['acme', 3, 'key.create', by],
      ['acme', 4, 'key.revoke', by],
      ['acme', 5, 'pbx.remove', by],
      ['installation', 2, 'master_key.use', by],
    ].sort(byTimeOf(acts)),
  );
  expect(acts.find((each) => each['action'] === 'pbx.add')?.['detail']).toMatchObject({
    name: 'main',
    driver: 'asterisk-ami',
    settings: { host: 'h', username: 'u' },
  });
  const text = await run('audit list --account acme --limit 2');
  expect(text.stdout).toMatch(
    /^AT +LOG +ENTRY +BY +ACTION +SUBJECT +DETAIL\n.* acme +5 .*\n.* acme +4 .*\n$/,
  );
  for (const secret of ['canary-secret', key.trim()])
    expect(listed.stdout + text.stdout).not.toContain(secret);
});

/** Two entries of one transaction have one time, and may be listed in either order. */
function byTimeOf(acts: readonly Record<string, unknown>[]) {
  const place = (row: readonly unknown[]) =>
    acts.findIndex((each) => each['log'] === row[0] && each['position'] === row[1]);
  return (one: readonly unknown[], two: readonly unknown[]) => place(one) - place(two);
}

test('verify says what it has seen, and names what is wrong', async () => {
  const whole = await run('audit verify');
  expect(whole).toMatchObject({ code: 0, stderr: '' });
  expect(whole.stdout).toMatch(
    /^LOG +ENTRIES +IS +LAST HASH\ninstallation +2 +whole +[0-9a-f]{64}\nacme +5 +whole +[0-9a-f]{64}\n$/,
  );
  const kept = /acme .* ([0-9a-f]{64})/.exec(whole.stdout)?.[1];
  expect((await run(`audit verify --account acme --expect ${kept}`)).code).toBe(0);
  const missed = await run(`audit verify --expect ${'0'.repeat(64)}`);
  expect(missed).toMatchObject({ code: 1, stderr: `error: No entry has the hash ${'0'.repeat(64)}.\n` });

  const database = new DatabaseSync(join(cli.dataDir, 'click2call.db'));
  database.exec('drop trigger audit_entry_is_kept');
  database.exec("delete from audit_entry where action = 'key.revoke'");
  database.close();
  const broken = await run('audit verify --json');
  expect(broken.code).toBe(1);
  expect(messagesOf(broken.stderr)).toEqual(['acme: entry 4 is missing.']);
  expect(listOf(broken.stdout)).toMatchObject([
    { log: 'installation', breaks: [] },
    { log: 'acme', position: 5 },
  ]);
});

test('wrong input is told', async () => {
  expect(await run('audit list --limit none')).toMatchObject({
    code: 2,
    stderr: 'error: --limit can not be "none"; give 1 to 100000.\n',
  });
  expect(await run('audit verify --expect 42')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^error: --expect must be the hash of an entry/),
  });
});
