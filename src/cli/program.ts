import { Command } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { addAccountCreate } from './commands/account-create.ts';
import { addAccountList } from './commands/account-list.ts';
import { addAuditList } from './commands/audit-list.ts';
import { addAuditVerify } from './commands/audit-verify.ts';
import { addCall } from './commands/call.ts';
import { addConfig } from './commands/config.ts';
import { addKeyCreate } from './commands/key-create.ts';
import { addKeyList } from './commands/key-list.ts';
import { addKeyRotate } from './commands/key-rotate.ts';
import { addKeyRevoke } from './commands/key-revoke.ts';
import { addKeyUnfreeze } from './commands/key-unfreeze.ts';
import { addLinkCreate } from './commands/link-create.ts';
import { addLinkList } from './commands/link-list.ts';
import { addLinkRevoke } from './commands/link-revoke.ts';
import { addPbxAdd } from './commands/pbx-add.ts';
import { addPbxExamine } from './commands/pbx-examine.ts';
import { addPbxGuide } from './commands/pbx-guide.ts';
import { addPbxList } from './commands/pbx-list.ts';
import { addPbxRemove } from './commands/pbx-remove.ts';
import { addPbxSettings } from './commands/pbx-settings.ts';
import { addPolicySet } from './commands/policy-set.ts';
import { addPolicyShow } from './commands/policy-show.ts';
import { addRekey } from './commands/rekey.ts';
import { addReplay } from './commands/replay.ts';
import { addServe } from './commands/serve.ts';
import { addShow } from './commands/show.ts';
import { addUserCreate } from './commands/user-create.ts';
import { addUserLink } from './commands/user-link.ts';
import { addUserList } from './commands/user-list.ts';
import { addUserRemove } from './commands/user-remove.ts';
import { addWebhookAdd } from './commands/webhook-add.ts';
import { addWebhookList } from './commands/webhook-list.ts';
import { addWebhookRemove } from './commands/webhook-remove.ts';
import type { Terminal } from './terminal.ts';

const EXIT_CODES = `
Exit codes:
  0   done; of a call: both were connected
  1   what was asked for failed: a call, an examination, a port in use, no database
  2   wrong usage or input: an option, a value, a setting
  3   the call was not answered
  4   what became of the call is not known
  70  a fault of ours
  130 left with Ctrl-C; the call goes on`;

/** All commands. What a command needs is loaded when it runs: help and mistyped options cost nothing. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('click2call')
    .description(
      "One HTTP request makes a customer's own PBX ring a first number and connect it to a second.",
    )
    .version(packageJson.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
      // Errors are said in one place, as text or as JSON.
      outputError: () => undefined,
    })
    .addHelpText('afterAll', EXIT_CODES);

  addServe(program, terminal);
  const account = program.command('account').description('Accounts: the wall between customers.');
  addAccountCreate(account, terminal);
  addAccountList(account, terminal);
  const user = program.command('user').description('People who may log in to an account.');
  addUserCreate(user, terminal);
  addUserList(user, terminal);
  addUserLink(user, terminal);
  addUserRemove(user, terminal);
  const key = program.command('key').description('API keys of an account.');
  addKeyCreate(key, terminal);
  addKeyList(key, terminal);
  addKeyRotate(key, terminal);
  addKeyRevoke(key, terminal);
  addKeyUnfreeze(key, terminal);
  const link = program
    .command('link')
    .description('Click links of an account: calls for whoever has no key.');
  addLinkCreate(link, terminal);
  addLinkList(link, terminal);
  addLinkRevoke(link, terminal);
  const pbx = program.command('pbx').description('PBXs of an account.');
  addPbxAdd(pbx, terminal);
  addPbxList(pbx, terminal);
  addPbxRemove(pbx, terminal);
  addPbxExamine(pbx, terminal);
  addPbxSettings(pbx, terminal);
  addPbxGuide(pbx, terminal);
  const policy = program.command('policy').description('What calls an account may make.');
  addPolicyShow(policy, terminal);
  addPolicySet(policy, terminal);
  const webhook = program.command('webhook').description("Where an account's events are sent.");
  addWebhookAdd(webhook, terminal);
  addWebhookList(webhook, terminal);
  addWebhookRemove(webhook, terminal);
  addCall(program, terminal);
  addShow(program, terminal);
  const audit = program
    .command('audit')
    .description('Who did what to accounts, people, keys, PBXs and the master key.');
  addAuditList(audit, terminal);
  addAuditVerify(audit, terminal);
  addRekey(program, terminal);
  addReplay(program, terminal);
  addConfig(program, terminal);
  return program;
}
