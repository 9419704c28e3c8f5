import { beforeAll, expect, it } from 'vitest';
import { listOf, messagesOf, objectOf, testCli, words, type TestCli } from './test-cli.ts';

let cli: TestCli;
beforeAll(async () => {
  cli = await testCli();
  await cli.run(['account', 'create', '--name', 'Acme']);
});

it('adds a webhook, shows its secret once, lists it and removes it', async () => {
  const account = words('--account acme --json');
  const url = 'https://192.0.2.1/hooks';
  const added = await cli.run(['webhook', 'add', ...account, '--url', url, '--type', 'call.ended']);
  const { secret, id, ...shown } = objectOf(added.stdout);
  expect(secret).toMatch(/^whsec_/);
  expect(shown).toMatchObject({ url, types: ['call.ended'], state: 'active' });
  const listed = await cli.run(['webhook', 'list', ...account]);
  expect(listOf(listed.stdout)).toEqual([{ id, ...shown }]);
  const text = await cli.run(words('webhook list --account acme'));
  expect(text.stdout).toContain(`${url}         call.ended  active  ${String(id)}`);
  const removed = await cli.run(['webhook', 'remove', ...account, '--id', String(id)]);
  expect(objectOf(removed.stdout)).toEqual({ removed: id });
  const none = await cli.run(words('webhook list --account acme'));
  expect(none.stdout).toContain('click2call webhook add --account acme');
});

it('says what is wrong with what was typed', async () => {
  const add = words('webhook add --account acme --json --url http://169.254.169.254/ --type call.endet');
  const refused = await cli.run(add);
  expect(refused.code).toBe(2);
  expect(messagesOf(refused.stderr)).toEqual([expect.stringMatching(/did you mean call\.ended\?/)]);
  const nothing = await cli.run(words('webhook remove --account acme --id nothing --json'));
  expect(nothing.code).toBe(2);
});
