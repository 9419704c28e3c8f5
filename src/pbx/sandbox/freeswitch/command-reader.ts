/** One command as it came: its line and the headers under it, names in small letters. */
export interface Command {
  readonly line: string;
  readonly headers: ReadonlyMap<string, string>;
}

/** A link that sends more than this without an end is closed; FreeSWITCH itself takes ten megabytes. */
const COMMAND_BYTES_MAX = 64 * 1024;

/** Bytes in, commands out: lines end with LF or CRLF, an empty line ends the command, empty lines before it are nothing. */
export class CommandReader {
  #rest = '';

  /** @returns undefined for a command without end. */
  push(chunk: Buffer): Command[] | undefined {
    this.#rest = (this.#rest + chunk.toString('latin1')).replaceAll('\r', '').replace(/^\n+/, '');
    const commands: Command[] = [];
    for (let end = this.#rest.indexOf('\n\n'); end >= 0; end = this.#rest.indexOf('\n\n')) {
      if (end > COMMAND_BYTES_MAX) return undefined;
      commands.push(readCommand(Buffer.from(this.#rest.slice(0, end), 'latin1').toString('utf8')));
      this.#rest = this.#rest.slice(end + 2).replace(/^\n+/, '');
    }
    return this.#rest.length > COMMAND_BYTES_MAX ? undefined : commands;
  }
}

function readCommand(text: string): Command {
  const [line = '', ...rest] = text.split('\n');
  const headers = new Map<string, string>();
  for (const header of rest) {
    const colon = header.indexOf(':');
    if (colon > 0) headers.set(header.slice(0, colon).toLowerCase(), header.slice(colon + 1).trimStart());
  }
  return { line, headers };
}
