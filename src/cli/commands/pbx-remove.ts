import type { Command } from 'commander';
import { ACCOUNT, examples, JSON_OUT, PBX_NAME, type PbxOption } from '../options.ts';
import { print, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

export function addPbxRemove(parent: Command, terminal: Terminal): void {
  parent
    .command('remove')
    .description('Remove a PBX and its secrets. What was journaled of its calls stays.')
    .requiredOption(...ACCOUNT)
    .requiredOption(...PBX_NAME)
    .option(...JSON_OUT)
    .addHelpText('after', examples('pbx remove --account acme --name main'))
    .action((options: PbxOption) => pbxRemove(terminal, options));
}

function pbxRemove(terminal: Terminal, { account, name, json }: PbxOption): Promise<void> {
  return withParts(terminal, async ({ directory }) => {
    const tenant = await directory.account(account);
    const pbx = await directory.pbx(tenant.id, name);
    await directory.removePbx(tenant.id, pbx.name);
    print(terminal, json, { removed: pbx.name, id: pbx.id }, `Removed the PBX ${pbx.name}.`);
  });
}
