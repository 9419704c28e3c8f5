import type { Command } from 'commander';
import type { Parts } from '../../app.ts';
import { askServer } from '../../control/ask-server.ts';
import type { Told } from '../../control/messages.ts';
import type { Tenant } from '../../directory/ports.ts';
import type { Finding } from '../../pbx/contract.ts';
import { failed } from '../failure.ts';
import { ACCOUNT, examples, JSON_OUT, PBX_NAME, type PbxOption } from '../options.ts';
import { visible, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

interface Options extends PbxOption {
  readonly extension?: string;
}

export function addPbxExamine(parent: Command, terminal: Terminal): void {
  parent
    .command('examine')
    .description(
      'Log in to a PBX and tell what is right and what is not, each with its remedy. Nothing rings. ' +
        'A PBX that connects to us is examined by the server that runs on the same data folder.',
    )
    .requiredOption(...ACCOUNT)
    .requiredOption(...PBX_NAME)
    .option('--extension <extension>', 'look at this extension too: its context, its phone')
    .option(...JSON_OUT)
    .addHelpText('after', examples('pbx examine --account acme --name main --extension 101'))
    .action((options: Options) => pbxExamine(terminal, options));
}

function pbxExamine(terminal: Terminal, { account, name, extension, json }: Options): Promise<void> {
  return withParts(terminal, async (parts) => {
    const tenant = await parts.directory.account(account);
    const findings: Finding[] = [];
    for await (const finding of examination(parts, tenant, name, extension)) {
      findings.push(finding);
      if (json !== true) terminal.out(line(finding));
    }
    if (json === true) terminal.out(JSON.stringify(findings));
    const errors = findings.filter(({ level }) => level === 'error');
    if (errors.length > 0) throw failed(...errors.map(({ says }) => visible(says)));
  });
}

async function* examination(
  { config, directory, clock, log, guard }: Parts,
  tenant: Tenant,
  name: string,
  extension: string | undefined,
): AsyncGenerator<Finding> {
  const pbx = await directory.pbx(tenant.id, name);
  if (directory.driverOf(pbx).files !== undefined) {
    const asked = { account: tenant.slug, pbx: pbx.name, ...(extension !== undefined && { extension }) };
    const told = await askServer(config.dataDir, { ask: 'examine', ...asked });
    if (told !== undefined) return yield* findingsOf(told);
  }
  const session = directory
    .driverOf(pbx)
    .open(directory.settingsOf(pbx), { clock, log, guard, emit: () => undefined });
  try {
    yield* session.examine(extension);
  } finally {
    await session.close();
  }
}

/** Of a PBX that connects to us, as the server has found them that it is connected to. */
async function* findingsOf(told: AsyncIterable<Told>): AsyncGenerator<Finding> {
  for await (const each of told) if ('finding' in each) yield each.finding;
}

const LEVELS = { ok: 'ok     ', warning: 'warning', error: 'ERROR  ' } as const;

function line({ level, check, says, remedy }: Finding): string {
  const said = `${LEVELS[level]}  ${check.padEnd(11)}  ${visible(says)}`;
  return remedy === undefined ? said : `${said}\n${' '.repeat(22)}${visible(remedy)}`;
}
