import type { Actor } from '../audit/act.ts';

/** Where a command runs: all that it may see of the process around it. */
export interface Terminal {
  /** As typed, without `node` and the script. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The machine's user who typed it. */
  readonly user: string;
  /** Results, a line or several. */
  out(line: string): void;
  /** Errors and progress. */
  err(line: string): void;
  /** All of standard input. */
  readInput(): Promise<string>;
  /** Resolves with the name of the signal by which somebody asks the process to end. */
  stopRequested(): Promise<string>;
}

/** Who types, as the audit has them. */
export function userOf({ user }: Terminal): Actor {
  return { kind: 'command_line', name: user };
}

/** Prints a result: one line of JSON for programs, text for people. */
export function print(terminal: Terminal, asJson: boolean | undefined, json: unknown, text: string): void {
  terminal.out(asJson === true ? JSON.stringify(json) : text);
}

/** Text from outside, as it may stand in a terminal: control characters and turns of direction are shown, not obeyed. */
export function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu,
    (char) => `\\u{${char.charCodeAt(0).toString(16)}}`,
  );
}

/** Rows in aligned columns under their headings. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [headings, ...rows.map((row) => row.map(visible))];
  const widths = headings.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const lines = all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  return lines.map((line) => line.trimEnd()).join('\n');
}

/** Pairs, the names in one column and the values in another. */
export function pairs(rows: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `${name.padEnd(width)}  ${visible(value)}`).join('\n');
}
