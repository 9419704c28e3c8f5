import type { Command } from 'commander';
import { failed } from '../failure.ts';
import { findKey, KEY_ARGUMENT } from '../find-key.ts';
import { ACCOUNT, examples, JSON_OUT, type AccountOption } from '../options.ts';
import { print, userOf, type Terminal } from '../terminal.ts';
import { durationOf, timeFrom } from '../when.ts';
import { withParts } from '../with-parts.ts';

interface Options extends AccountOption {
  readonly overlap: string;
  readonly expires?: string;
}

export function addKeyRotate(parent: Command, terminal: Terminal): void {
  parent
    .command('rotate')
    .description('Make a key with the same rights, and let the old one expire after an overlap.')
    .argument(...KEY_ARGUMENT)
    .requiredOption(...ACCOUNT)
    .option('--overlap <duration>', 'how long the old key goes on: 0, 90m, 12h, 7d', '1d')
    .option('--expires <when>', 'when the new key ends; as the old one would have unless given')
    .option(...JSON_OUT)
    .addHelpText('after', examples('key rotate --account acme --overlap 7d c2c_live_Ab3dEf'))
    .action((key: string, options: Options) => keyRotate(terminal, key, options));
}

function keyRotate(terminal: Terminal, given: string, options: Options): Promise<void> {
  const { account, json, overlap, expires } = options;
  const overlapMicros = durationOf('--overlap', overlap);
  return withParts(terminal, async ({ directory, store, clock }) => {
    const { rotateKey } = await import('../../access/keys.ts');
    const { readRights } = await import('../../access/read-rights.ts');
    const { presentKey } = await import('../../access/present-key.ts');
    const tenant = await directory.account(account);
    const old = await findKey(store.keys, tenant.id, given);
    const now = clock.nowMicros();
    const asked = readRights({ expires_at: expires && timeFrom(now, expires) }, now);
    const expiresAtMicros = asked.expiresAtMicros ?? old.expiresAtMicros;
    const made = await rotateKey(store.keys, clock, old, overlapMicros, userOf(terminal), expiresAtMicros);
    if (made === undefined)
      throw failed(`The key ${old.prefix}… is revoked or expired; make another with: click2call key create`);
    const { key, record } = made;
    if (json !== true)
      terminal.err(
        `Keep this key: it is not shown again. The old one, ${old.prefix}…, works for ${overlap}.`,
      );
    print(terminal, json, { api_key: key, ...presentKey(record), account: tenant.slug }, key);
  });
}
