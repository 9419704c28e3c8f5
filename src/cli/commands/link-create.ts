import type { Command } from 'commander';
import { publicUrlOf } from '../../config/public-url.ts';
import { wrongInput } from '../failure.ts';
import { ACCOUNT, examples, JSON_OUT, type AccountOption } from '../options.ts';
import { print, userOf, type Terminal } from '../terminal.ts';
import { timeFrom } from '../when.ts';
import { withParts } from '../with-parts.ts';

interface Options extends AccountOption {
  readonly first: string;
  readonly second: string;
  readonly as?: string;
  readonly pbx?: string;
  readonly uses: string;
  readonly expires: string;
  readonly label: string;
}

export function addLinkCreate(parent: Command, terminal: Terminal): void {
  parent
    .command('create')
    .description(
      'Make a URL that makes one call when somebody clicks the button on its page. It is shown this once.',
    )
    .requiredOption(...ACCOUNT)
    .requiredOption('--first <number>', 'the first number to ring')
    .requiredOption('--second <number>', 'the number that it is connected to')
    .option('--as <extension>', 'whose rights and identity the second leg uses')
    .option('--pbx <name>', 'the name of a PBX, or a kind')
    .option('--uses <n>', 'calls that it may make', '1')
    .option('--expires <when>', 'when it ends: 90m, 24h, 30d, or a time', '24h')
    .option('--label <label>', 'what it is for: its page says so', '')
    .option(...JSON_OUT)
    .addHelpText(
      'after',
      examples('link create --account acme --first 101 --second +15551234567 --expires 7d'),
    )
    .action((options: Options) => linkCreate(terminal, options));
}

function linkCreate(terminal: Terminal, options: Options): Promise<void> {
  const { account, json, first, second, as, pbx, uses, expires, label } = options;
  if (!/^\d{1,6}$/.test(uses))
    throw wrongInput(`--uses can not be ${JSON.stringify(uses)}; give a whole number such as 1.`);
  return withParts(terminal, async (parts) => {
    const { directory, store, clock, config } = parts;
    const { maskKeys } = await import('../../access/key-text.ts');
    const { createLink } = await import('../../access/links.ts');
    const { linkUrl, presentLink } = await import('../../access/present-link.ts');
    const { ExplainCall } = await import('../../switchboard/explain-call.ts');
    const tenant = await directory.account(account);
    const maker = { tenantId: tenant.id, keyId: undefined };
    const request = { dialFirst: first, dialSecond: second, dialAs: as, pbx };
    const refusals = await new ExplainCall(parts).refusalsOf(maker, request);
    if (refusals.length > 0) throw wrongInput(...refusals.map(({ message }) => maskKeys(message)));
    const input = {
      label,
      dial_first: first,
      dial_second: second,
      dial_as: as,
      pbx,
      uses: Number(uses),
      expires_at: timeFrom(clock.nowMicros(), expires),
    };
    const { token, record } = await createLink(store.links, clock, maker, input, userOf(terminal));
    const url = linkUrl(publicUrlOf(config), token);
    if (json !== true) terminal.err('Keep this link: it is not shown again.');
    print(terminal, json, { url, ...presentLink(record), account: tenant.slug }, url);
  });
}
