import type { Frame } from '../contract.ts';
import type { HttpAnswer, HttpAsk } from './http-client.ts';

const HIDDEN_HEADERS = new Set(['authorization', 'cookie', 'set-cookie', 'x-auth-token', 'x-api-key']);

/** A request as it went over the wire, secrets masked. */
export function sentFrame(ask: HttpAsk, atMicros: number): Frame {
  const { method, path, headers = {}, body = '' } = ask;
  return frame('sent', { line: `${method} ${path}`, headers, body }, ask, atMicros);
}

export function receivedFrame(
  { status, headers, body }: Omit<HttpAnswer, 'frames'>,
  ask: HttpAsk,
  atMicros: number,
): Frame {
  return frame('received', { line: String(status), headers, body }, ask, atMicros);
}

interface Said {
  readonly line: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function frame(
  direction: Frame['direction'],
  { line, headers, body }: Said,
  ask: HttpAsk,
  atMicros: number,
): Frame {
  const secrets = (ask.secrets ?? []).filter((secret) => secret !== '');
  const hide = (text: string) => secrets.reduce((shown, secret) => shown.replaceAll(secret, '***'), text);
  const shown = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      HIDDEN_HEADERS.has(name.toLowerCase()) ? '***' : hide(value),
    ]),
  );
  const lines = Object.entries(shown).map(([name, value]) => `${name}: ${value}`);
  return {
    direction,
    atMicros,
    raw: [hide(line), ...lines, '', hide(body)].join('\r\n'),
    data: { line: hide(line), headers: shown, body: hide(body) },
  };
}
