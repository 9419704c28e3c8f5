import type { Command } from 'commander';
import { findDriver } from '../find-driver.ts';
import { setupPage } from '../../pbx/setup-page.ts';
import { DRIVER, examples, TEMPLATE } from '../options.ts';
import type { Terminal } from '../terminal.ts';

export function addPbxGuide(parent: Command, terminal: Terminal): void {
  parent
    .command('guide')
    .description("Print a driver's guide for the PBX's administrator, from zero to the first call.")
    .requiredOption(...DRIVER)
    .option(...TEMPLATE)
    .addHelpText(
      'after',
      examples('pbx guide --driver asterisk-ami', 'pbx guide --driver http --template wazo'),
    )
    .action(async ({ driver, template }: { readonly driver: string; readonly template?: string }) => {
      const { manifest } = await findDriver(driver);
      terminal.out(setupPage(manifest, template).trimEnd());
    });
}
