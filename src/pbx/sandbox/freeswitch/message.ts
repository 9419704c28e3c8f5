/** An event, and its bytes as `event plain` has them. */
export interface EslEventMessage {
  readonly name: string;
  readonly bytes: Buffer;
}

export function commandReply(
  text: string,
  more: readonly (readonly [name: string, value: string])[] = [],
): Buffer {
  return Buffer.from(`Content-Type: command/reply\nReply-Text: ${text}\n${lines(more)}\n`);
}

export function apiResponse(result: string): Buffer {
  const body = Buffer.from(result === '' ? '-ERR no reply\n' : result);
  return Buffer.concat([Buffer.from(`Content-Type: api/response\nContent-Length: ${body.length}\n\n`), body]);
}

/** A message that is neither reply nor event, with a body. */
export function notice(type: string, text: string): Buffer {
  return Buffer.from(`Content-Type: ${type}\nContent-Length: ${Buffer.byteLength(text)}\n\n${text}`);
}

/** @param body the result of a job, with a length of its own within the event. */
export function eventMessage(
  name: string,
  fields: readonly (readonly [name: string, value: string])[],
  body = '',
): EslEventMessage {
  const head = lines(fields.map(([field, value]) => [field, value === '' ? '_undef_' : encode(value)]));
  const end = body === '' ? '\n' : `Content-Length: ${Buffer.byteLength(body)}\n\n${body}`;
  const inside = Buffer.from(`${head}${end}`);
  const outside = `Content-Length: ${inside.length}\nContent-Type: text/event-plain\n\n`;
  return { name, bytes: Buffer.concat([Buffer.from(outside), inside]) };
}

function lines(fields: readonly (readonly [name: string, value: string])[]): string {
  return fields.map(([name, value]) => `${name}: ${value}\n`).join('');
}

/** FreeSWITCH's own URL encoding (switch_utils.h, SWITCH_URL_UNSAFE): a colon stays. */
function encode(value: string): string {
  return encodeURIComponent(value.toWellFormed())
    .replaceAll('%3A', ':')
    .replaceAll('%40', '@')
    .replaceAll('%2F', '/');
}
