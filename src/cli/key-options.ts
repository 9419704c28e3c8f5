import type { Command } from 'commander';
import type { presentKey } from '../access/present-key.ts';
import type { RightsInput } from '../access/read-rights.ts';
import { wrongInput } from './failure.ts';
import { timeFrom } from './when.ts';

/** What `key create` takes of a key's rights, as commander gives it. */
export interface RightsOptions {
  readonly publishable?: boolean;
  readonly test?: boolean;
  readonly scope?: readonly string[];
  readonly allowFirst?: readonly string[];
  readonly allowAs?: readonly string[];
  readonly allowTo?: readonly string[];
  readonly allowIp?: readonly string[];
  readonly allowOrigin?: readonly string[];
  readonly expires?: string;
  readonly perMinute?: string;
  readonly atOnce?: string;
}

/** Each may be repeated, and hold several with commas between them. */
const collect = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...value.split(','),
];

export function addRightsOptions(command: Command): Command {
  return command
    .option(
      '--publishable',
      'for web pages: makes calls, reads and ends its own, nothing else; needs --allow-origin',
    )
    .option('--test', 'rings the PBXs in the box alone')
    .option('--scope <scope>', 'what it may do, calls:create for one; everything unless given', collect)
    .option('--allow-first <numbers>', 'what it may ring first: 101, 2xx, +49*', collect)
    .option('--allow-as <numbers>', 'whom it may dial as', collect)
    .option('--allow-to <numbers>', 'what it may dial second', collect)
    .option('--allow-ip <range>', 'where it may come from: 203.0.113.5, 10.0.0.0/8', collect)
    .option('--allow-origin <origin>', 'web pages that it may come from: https://www.example.net', collect)
    .option('--expires <when>', 'when it ends: 12h, 30d, or a time such as 2027-01-31T00:00:00Z')
    .option('--per-minute <calls>', 'calls that it may ask for within any minute')
    .option('--at-once <calls>', 'calls of it that may be going on at the same time');
}

export function rightsOf(options: RightsOptions, nowMicros: number): RightsInput {
  if (options.publishable === true && options.test === true)
    throw wrongInput('--publishable and --test are two kinds of key; give one of them.');
  return {
    kind: options.publishable === true ? 'publishable' : options.test === true ? 'test' : 'live',
    scopes: options.scope,
    allow_first: options.allowFirst,
    allow_as: options.allowAs,
    allow_to: options.allowTo,
    allow_ip: options.allowIp,
    allow_origin: options.allowOrigin,
    expires_at: options.expires === undefined ? undefined : timeFrom(nowMicros, options.expires),
    per_minute: countOf('--per-minute', options.perMinute),
    at_once: countOf('--at-once', options.atOnce),
  };
}

function countOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined || /^\d{1,9}$/.test(text)) return text === undefined ? undefined : Number(text);
  throw wrongInput(
    `${option} can not be ${JSON.stringify(text.slice(0, 64))}; give a whole number such as 5.`,
  );
}

/** What holds a key back, in a few words. @param scopesThere how many scopes there are */
export function limitsText(key: ReturnType<typeof presentKey>, scopesThere: number): string {
  const { allow_first, allow_as, allow_to, allow_ip, allow_origin, per_minute, at_once } = key;
  const scopes = key.scopes.length === scopesThere ? null : key.scopes;
  const all = { scopes, allow_first, allow_as, allow_to, allow_ip, allow_origin, per_minute, at_once };
  const given = Object.entries(all).flatMap(([name, value]) =>
    value === null ? [] : [`${name}=${Array.isArray(value) ? value.join(',') : value}`],
  );
  return given.length === 0 ? 'none' : given.join(' ');
}
