import type { Command } from 'commander';
import { readConfig } from '../../config/config.ts';
import { askServer } from '../../control/ask-server.ts';
import { systemClock } from '../../kit/clock.ts';
import type { Answer } from '../../switchboard/answer.ts';
import type { Asked } from '../../switchboard/place-call.ts';
import { CommandFailed, EXIT } from '../failure.ts';
import { ACCOUNT, examples, JSON_OUT, type AccountOption } from '../options.ts';
import { print, visible, type Terminal } from '../terminal.ts';
import { withParts } from '../with-parts.ts';

interface Options extends AccountOption {
  readonly first: string;
  readonly second: string;
  readonly as?: string;
  readonly timeout?: string;
  readonly pbx?: string;
}

const TYPED_MAX = 4_096;

export function addCall(parent: Command, terminal: Terminal): void {
  parent
    .command('call')
    .description(
      'Make a call: ring the first number and, when it answers, connect it to the second. ' +
        'A server that runs on the same data folder makes it, if there is one.',
    )
    .requiredOption(...ACCOUNT)
    .requiredOption('--first <number>', 'the number to ring first')
    .requiredOption('--second <number>', 'the number to connect it to')
    .option('--as <extension>', 'the extension whose rights and identity the second leg uses')
    .option('--timeout <seconds>', 'how long each side may ring, 1 to 600 (default: 30)')
    .option('--pbx <name>', 'the PBX to use (default: the first Asterisk of the account)')
    .option(...JSON_OUT)
    .addHelpText('after', examples('call --account acme --first 101 --second 102 --timeout 20'))
    .action((options: Options) => call(terminal, options));
}

async function call(terminal: Terminal, options: Options): Promise<void> {
  const asked = await askedFor(terminal, options);
  const answer =
    (await throughServer(terminal, options.account, asked)) ?? (await here(terminal, options.account, asked));
  print(terminal, options.json, toJson(answer), toText(answer));
  if (answer.outcome !== 'accepted') throw failureOfCall(answer);
}

/** A server that runs has the PBXs' sessions, keeps their bounds, and hears how the call goes on when we have ended. */
async function throughServer(terminal: Terminal, account: string, asked: Asked): Promise<Answer | undefined> {
  const { dataDir } = readConfig(terminal.env);
  const told = await askServer(dataDir, { ask: 'call', account, asked });
  if (told === undefined) return undefined;
  for await (const each of told) if ('answer' in each) return each.answer;
  throw new Error('The server told no answer.');
}

async function here(terminal: Terminal, account: string, asked: Asked): Promise<Answer> {
  return withParts(terminal, async ({ directory, placeCall }) => {
    const { id: tenantId } = await directory.account(account);
    return (await placeCall.placeCall({ tenantId, keyId: undefined }, asked)).answer;
  });
}

/** The command line is one more face of the service: it leaves the same trace in the journal as a request. */
async function askedFor(terminal: Terminal, options: Options): Promise<Asked> {
  const { maskKeys } = await import('../../access/keys.ts');
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

/** The names of the HTTP answer, where it has them. */
function toJson({ requestId, outcome, kind, errors }: Answer) {
  return {
    request_id: requestId,
    status: outcome === 'accepted' ? 'success' : 'fail',
    outcome,
    method: `${kind}.call`,
    errors: errors.map(({ code, message, pbxMessage, remedy }) => ({
      message,
      code,
      ...(pbxMessage === undefined ? {} : { pbx_message: pbxMessage }),
      ...(remedy === undefined ? {} : { remedy }),
    })),
  };
}

const OUTCOMES: Readonly<Record<Answer['outcome'], string>> = {
  accepted: 'success: the PBX took the order',
  refused: 'fail: no PBX was asked',
  failed: 'fail: the PBX did not take the order',
  in_doubt: 'fail: whether the PBX took the order is not known',
  originating: 'fail: there is no outcome yet',
};

function toText({ requestId, outcome }: Answer): string {
  return `${OUTCOMES[outcome]}\nrequest ${requestId}\nSee it: click2call show ${requestId}`;
}

/** What we refuse is wrong input; what the PBX refuses is a call that failed. */
function failureOfCall({ outcome, errors }: Answer): CommandFailed {
  const exitCode = outcome === 'refused' ? EXIT.wrongInput : EXIT.failed;
  return new CommandFailed(
    exitCode,
    errors.map(({ message }) => visible(message)),
  );
}
