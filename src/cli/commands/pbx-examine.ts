import type { Command } from 'commander';
import type { Parts } from '../../app.ts';
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
      'Log in to a PBX and tell what is right and what is not, each with its remedy. Nothing rings.',
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
    for await (const finding of examination(parts, tenant.id, name, extension)) {
      findings.push(finding);
      if (json !== true) terminal.out(line(finding));
    }
    if (json === true) terminal.out(JSON.stringify(findings));
    const errors = findings.filter(({ level }) => level === 'error');
    if (errors.length > 0) throw failed(...errors.map(({ says }) => visible(says)));
  });
}

async function* examination(
  { directory, clock, log, guard }: Parts,
  tenantId: string,
  name: string,
  extension: string | undefined,
): AsyncGenerator<Finding> {
  const pbx = await directory.pbx(tenantId, name);
  if (directory.driverOf(pbx).files !== undefined) return yield OUT_OF_SIGHT;
  const session = directory
    .driverOf(pbx)
    .open(directory.settingsOf(pbx), { clock, log, guard, emit: () => undefined });
  try {
    yield* session.examine(extension);
  } finally {
    await session.close();
  }
}

const OUT_OF_SIGHT: Finding = {
  check: 'link',
  level: 'warning',
  says: 'This PBX connects to the running server, whose connections this command can not see.',
  remedy:
    'Try it with a click through the server, and on the PBX: asterisk -rx "ari show outbound-websockets".',
};

const LEVELS = { ok: 'ok     ', warning: 'warning', error: 'ERROR  ' } as const;

function line({ level, check, says, remedy }: Finding): string {
  const said = `${LEVELS[level]}  ${check.padEnd(11)}  ${visible(says)}`;
  return remedy === undefined ? said : `${said}\n${' '.repeat(22)}${visible(remedy)}`;
}
