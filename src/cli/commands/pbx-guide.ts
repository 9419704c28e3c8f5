import type { Command } from 'commander';
import { findDriver } from '../find-driver.ts';
import { DRIVER, examples } from '../options.ts';
import type { Terminal } from '../terminal.ts';

export function addPbxGuide(parent: Command, terminal: Terminal): void {
  parent
    .command('guide')
    .description("Print a driver's guide for the PBX's administrator, from zero to the first call.")
    .requiredOption(...DRIVER)
    .addHelpText('after', examples('pbx guide --driver asterisk-ami'))
    .action(async ({ driver }: { readonly driver: string }) => {
      const { manifest } = await findDriver(driver);
      terminal.out(manifest.guide.trimEnd());
    });
}
