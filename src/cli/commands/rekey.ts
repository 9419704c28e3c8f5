import type { Command } from 'commander';
import type { Config } from '../../config/config.ts';
import type { Directory } from '../../directory/directory.ts';
import { failed, wrongInput } from '../failure.ts';
import { examples, JSON_OUT, type JsonOption } from '../options.ts';
import { print, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

export function addRekey(parent: Command, terminal: Terminal): void {
  parent
    .command('rekey')
    .description(
      'Make a new master key, seal the secrets of every PBX and webhook with it, and drop the old one. Servers may run: they notice. ' +
        'What was interrupted is finished by the next rekey.',
    )
    .option(...JSON_OUT)
    .addHelpText('after', examples('rekey'))
    .action((options: JsonOption) => rekey(terminal, options));
}

function rekey(terminal: Terminal, { json }: JsonOption): Promise<void> {
  return withParts(terminal, async ({ config, directory }) => {
    const { addMasterKey, dropMasterKeys, masterKeysOf } = await import('../../config/master-key.ts');
    const readKeys = await masterKeysOf(config);
    const isInFile = config.masterKey === null;
    if (isInFile) await begin(terminal, () => addMasterKey(config));
    const [, ...old] = readKeys();
    if (old.length === 0 && !isInFile) throw wrongInput(ONE_KEY);

    const { count, broken } = await directory.reseal();
    if (broken.length > 0)
      throw failed(...(await Promise.all(broken.map((id) => said(directory, id, config)))));
    if (isInFile) await dropMasterKeys(config, old);
    const next = isInFile ? 'The old master key is gone.' : 'Leave only the first key in C2C_MASTER_KEY now.';
    print(
      terminal,
      json,
      { resealed: count },
      `Sealed ${count === 1 ? '1 secret' : `${count} secrets`} anew. ${next}`,
    );
  });
}

const ONE_KEY =
  'C2C_MASTER_KEY holds one key; put a new one before it, separated by a comma (openssl rand -base64 32), for the servers ' +
  'too, and repeat this.';

async function begin(terminal: Terminal, add: () => Promise<boolean>): Promise<void> {
  const isNew = await add();
  terminal.err(isNew ? 'Made a new master key.' : 'Finishing a change of the master key that was begun.');
}

async function said(directory: Directory, place: string, { masterKey }: Config): Promise<string> {
  const pbx = await directory.pbxById(place);
  const account = (await directory.accounts()).find(({ id }) => id === pbx?.tenantId);
  const whose =
    pbx === undefined ? `the webhook ${place}` : `the PBX ${pbx.name} of ${account?.slug ?? 'an account'}`;
  const where = masterKey === null ? 'the master key file' : 'C2C_MASTER_KEY';
  return (
    `The secrets of ${whose} open with no master key that is here; remove it, or add the key that sealed them to ${where}, ` +
    'and repeat this. The old master keys were kept.'
  );
}
