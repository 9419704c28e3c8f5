/** The classes of manager.conf's `read` and `write`, in Asterisk's order. */
export const PRIVILEGES = [
  'system',
  'call',
  'log',
  'verbose',
  'command',
  'agent',
  'user',
  'config',
  'dtmf',
  'reporting',
  'cdr',
  'dialplan',
  'originate',
  'agi',
  'cc',
  'aoc',
  'test',
  'security',
  'message',
] as const;
export type Privilege = (typeof PRIVILEGES)[number];

/** As `ListCommands` writes it: `call,reporting,all`, or `<none>`. */
export function privilegeText(privileges: readonly Privilege[]): string {
  const sorted = PRIVILEGES.filter((privilege) => privileges.includes(privilege));
  return sorted.length === 0 ? '<none>' : [...sorted, 'all'].join(',');
}

/**
 * An event mask: `on`, `off`, or a list of classes; a word that Asterisk does not know is passed over, so that a mask of
 * such words alone is `off` (tried on 22.10.1). Undefined where there is none.
 */
export function readMask(text: string): readonly Privilege[] | undefined {
  const words = text
    .toLowerCase()
    .split(',')
    .map((word) => word.trim());
  if (text === '') return undefined;
  if (['on', 'yes', 'true', 'y', 't', 'all'].includes(words[0] ?? '')) return PRIVILEGES;
  return PRIVILEGES.filter((privilege) => words.includes(privilege));
}
