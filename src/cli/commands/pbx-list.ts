import type { Command } from 'commander';
import type { Directory } from '../../directory/directory.ts';
import type { PbxRecord } from '../../directory/ports.ts';
import { settingsFor } from '../../pbx/settings.ts';
import { ACCOUNT, examples, JSON_OUT, type AccountOption } from '../options.ts';
import { shownPbx } from '../shown-pbx.ts';
import { pairs, print, visible, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

export function addPbxList(parent: Command, terminal: Terminal): void {
  parent
    .command('list')
    .description("List an account's PBXs with their settings; secrets as ***.")
    .requiredOption(...ACCOUNT)
    .option(...JSON_OUT)
    .addHelpText('after', examples('pbx list --account acme'))
    .action((options: AccountOption) => pbxList(terminal, options));
}

function pbxList(terminal: Terminal, { account, json }: AccountOption): Promise<void> {
  return withParts(terminal, async ({ directory }) => {
    const tenant = await directory.account(account);
    const pbxs = await directory.pbxsOf(tenant.id);
    const text =
      pbxs.length === 0
        ? 'The account has no PBX yet; add one with: click2call pbx add'
        : pbxs.map((pbx) => describe(directory, pbx)).join('\n\n');
    const shown = pbxs.map((pbx) => shownPbx(directory, pbx));
    print(terminal, json, shown, text);
  });
}

/** With the settings that say something: those that are not what they would be by themselves. */
function describe(directory: Directory, pbx: PbxRecord): string {
  const defaults = new Map(
    settingsFor(directory.driverOf(pbx).manifest, directory.settingsOf(pbx)).settings.map((spec) => [
      spec.name,
      spec.default,
    ]),
  );
  const { settings, driver, created_at } = shownPbx(directory, pbx);
  const told = Object.entries(settings)
    .filter(([name, value]) => value !== defaults.get(name))
    .map(([name, value]) => [`  ${name}`, String(value)] as const);
  return `${visible(pbx.name)}  (${driver}, added ${created_at})\n${pairs(told)}`;
}
