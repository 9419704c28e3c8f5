import type { Command } from 'commander';
import { readConfig } from '../../config/config.ts';
import { askServer } from '../../control/ask-server.ts';
import type { CallAsk } from '../../control/messages.ts';
import { systemClock } from '../../kit/clock.ts';
import type { Asked } from '../../switchboard/place-call.ts';
import { ACCOUNT, examples, JSON_OUT, type AccountOption } from '../options.ts';
import { showCall } from '../show-call.ts';
import type { Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

interface Options extends AccountOption {
  readonly first: string;
  readonly second: string;
  readonly as?: string;
  readonly timeout?: string;
  readonly pbx?: string;
  readonly wait: boolean;
}

const TYPED_MAX = 4_096;

export function addCall(parent: Command, terminal: Terminal): void {
  parent
    .command('call')
    .description(
      'Make a call: ring the first number and, when it answers, connect it to the second. ' +
        'A server that runs on the same data folder makes it, if there is one. ' +
        'It is shown until it is over; Ctrl-C leaves it, and it goes on.',
    )
    .requiredOption(...ACCOUNT)
    .requiredOption('--first <number>', 'the number to ring first')
    .requiredOption('--second <number>', 'the number to connect it to')
    .option('--as <extension>', 'the extension whose rights and identity the second leg uses')
    .option('--timeout <seconds>', 'how long each side may ring, 1 to 600 (default: 30)')
    .option('--pbx <name>', 'the PBX to use (default: the first Asterisk of the account)')
    .option(
      '--no-wait',
      "end with the PBX's answer to the order; without it, the call is shown until it is over",
    )
    .option(...JSON_OUT)
    .addHelpText(
      'after',
      examples(
        'call --account acme --first 101 --second 102 --timeout 20',
        'call --account acme --first 101 --second 102 --no-wait',
      ),
    )
    .action((options: Options) => call(terminal, options));
}

async function call(terminal: Terminal, options: Options): Promise<void> {
  const { account, wait: follow } = options;
  const ask: CallAsk = { ask: 'call', account, asked: await askedFor(terminal, options), follow };
  const left = new AbortController();
  if (follow) void terminal.stopRequested().then(() => left.abort());
  const told = await askServer(readConfig(terminal.env).dataDir, ask, left.signal);
  if (told !== undefined) return showCall(terminal, options, told, left.signal);
  // No server runs, which would have the PBX's session and keep its bounds: we do for the time of the call.
  await withParts(terminal, async (parts) => {
    const { answerAsk } = await import('../../control/answer-ask.ts');
    const desk = { ...parts, journal: parts.store.journal };
    await showCall(terminal, options, answerAsk(ask, desk, left.signal), left.signal);
  });
}

/** The command line is one more face of the service: it leaves the same trace in the journal as a request. */
async function askedFor(terminal: Terminal, options: Options): Promise<Asked> {
  const { maskKeys } = await import('../../access/key-text.ts');
  const given = {
    dial_first: options.first,
    dial_second: options.second,
    dial_as: options.as,
    timeout: options.timeout,
    pbx: options.pbx,
  };
  const data = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, maskKeys(value.slice(0, TYPED_MAX))] as const],
  );
  return {
    request: {
      dialFirst: given.dial_first,
      dialSecond: given.dial_second,
      dialAs: given.dial_as,
      timeout: given.timeout,
      pbx: given.pbx,
    },
    seen: {
      url: maskKeys(['click2call', ...terminal.argv].map(quoted).join(' ').slice(0, TYPED_MAX)),
      method: 'CLI',
      data: Object.fromEntries(data),
    },
    refusals: [],
    repeatWindowMicros: 0,
    askedAtMicros: systemClock.nowMicros(),
  };
}

/** A word as a shell would take it again. */
function quoted(word: string): string {
  return /^[\w@%+=:,./*#-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
