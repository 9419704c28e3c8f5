import type { CallBook } from './call-book.ts';
import { readCause } from './causes.ts';
import type { Directory } from './directory.ts';
import type { Exchange } from './exchange.ts';
import { readOrder, USAGE } from './order.ts';

/** What API commands work on. */
export interface ApiDesk {
  readonly exchange: Exchange;
  readonly directory: Directory;
  readonly book: CallBook;
}

type Run = (argument: string, desk: ApiDesk) => string | Promise<string>;

/** mod_commands.c and mod_sofia.c, each with the answers of its original, line ends included. */
const COMMANDS: Readonly<Record<string, Run>> = {
  originate: (argument, { book }) => {
    const order = readOrder(argument);
    return order === undefined ? USAGE : book.begin(order);
  },
  uuid_exists: (argument, { exchange }) => String(exchange.has(argument)),
  uuid_kill: (argument, { book }) => {
    const [uuid = '', cause = ''] = argument.split(' ');
    if (uuid === '') return '-USAGE: <uuid> [cause]\n';
    return book.kill(uuid, readCause(cause)) ? '+OK\n' : '-ERR No such channel!\n';
  },
  user_data: (argument, { directory }) => {
    const [at = '', type = '', key = ''] = argument.split(' ');
    const user = directory.find(at);
    return user === undefined || type !== 'var' ? '' : (directory.variablesOf(user)[key] ?? '');
  },
  user_exists: (argument, { directory }) => {
    const [key = '', user = '', domain = ''] = argument.split(' ');
    return String(key === 'id' && directory.find(`${user}@${domain}`) !== undefined);
  },
  domain_exists: (argument, { directory }) => String(argument === directory.domain),
  sofia_contact: (argument, { directory }) => {
    const user = directory.find(argument.replace(/^.*\//, ''));
    if (user === undefined || !directory.isRegistered(user)) return 'error/user_not_registered';
    return `sofia/internal/sip:${user.id}@127.0.0.1:5060`;
  },
  version: () =>
    'FreeSWITCH Version 1.10.12-release+git~20240802T210227Z~a88d069d6f~64bit (git a88d069 2024-08-02 21:02:27Z 64bit)\n',
  status: (_, { exchange }) =>
    `UP 0 years, 0 days, 0 hours, 1 minute, 0 seconds, 0 milliseconds, 0 microseconds\nFreeSWITCH (Version 1.10.12 -release 64bit) is ready\n${exchange.size} session(s) - peak ${exchange.size}, last 5min ${exchange.size} \n`,
};

/** Runs one API command; an empty result is an empty text. */
export function runApi(line: string, desk: ApiDesk): string | Promise<string> {
  const { command, argument } = splitCommand(line);
  const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  return run === undefined ? `-ERR ${command} Command not found!\n` : run(argument, desk);
}

export function splitCommand(line: string): { command: string; argument: string } {
  const blank = line.indexOf(' ');
  return blank < 0
    ? { command: line, argument: '' }
    : { command: line.slice(0, blank), argument: line.slice(blank + 1) };
}
