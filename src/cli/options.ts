/** Options and help that several commands have in common. */

export const ACCOUNT = ['--account <account>', 'the account, as account list names it'] as const;
export const EMAIL = ['--email <email>', 'their e-mail'] as const;
export const JSON_OUT = ['--json', 'one line of JSON, for programs'] as const;
export const DRIVER = [
  '--driver <driver>',
  'how to speak to the PBX: asterisk-ami, asterisk-ari, asterisk-ari-outbound, switchvox, freeswitch, http',
] as const;
export const TEMPLATE = ['--template <name>', 'of the driver http: which template, wazo for one'] as const;
export const PBX_NAME = ['--name <name>', "the PBX's name in its account"] as const;

export interface JsonOption {
  readonly json?: boolean;
}

export interface AccountOption extends JsonOption {
  readonly account: string;
}

export interface EmailOption extends AccountOption {
  readonly email: string;
}

export interface PbxOption extends AccountOption {
  readonly name: string;
}

/** Help that ends with lines that can be typed as they stand. */
export function examples(...lines: string[]): string {
  const heading = lines.length === 1 ? 'Example:' : 'Examples:';
  return `\n${heading}\n${lines.map((line) => `  click2call ${line}`).join('\n')}`;
}
