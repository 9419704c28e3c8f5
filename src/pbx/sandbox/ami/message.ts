/** A message to a client: its lines in order, names repeated at will. */
export type Fields = readonly (readonly [name: string, value: string])[];

/** A message from a client. */
export class Request {
  readonly #headers: Fields;

  constructor(headers: Fields) {
    this.#headers = headers;
  }

  /** The first value of that name in any case, or '': where a header repeats, Asterisk takes the first. */
  get(name: string): string {
    const wanted = name.toLowerCase();
    return this.#headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? '';
  }

  /** Every value of that name, in order. Only `Variable` is read so. */
  all(name: string): readonly string[] {
    const wanted = name.toLowerCase();
    return this.#headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
  }
}

/** A message as it goes over the wire. Values are the sandbox's own or came in one line, so none holds a line end. */
export function encode(fields: Fields): Buffer {
  return Buffer.from(`${fields.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`);
}

/** `ActionID` of a request, ready to stand in what answers it. */
export function echo(request: Request): Fields {
  const id = request.get('ActionID');
  return id === '' ? [] : [['ActionID', id]];
}

export function success(request: Request, ...more: Fields): Fields {
  return [['Response', 'Success'], ...echo(request), ...more];
}

export function error(request: Request, message: string): Fields {
  return [['Response', 'Error'], ...echo(request), ['Message', message]];
}

/** Asterisk's `ast_true()`. */
export function isTrue(value: string): boolean {
  return ['yes', 'true', 'y', 't', '1', 'on'].includes(value.toLowerCase());
}
