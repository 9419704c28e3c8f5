import type { Call } from '../../contract/v3/call.ts';
import type { Finding } from '../pbx/contract.ts';
import type { Answer } from '../switchboard/answer.ts';
import type { Asked } from '../switchboard/place-call.ts';

/**
 * What is said over the socket: the command's one ask, then whatever there is to tell, then `end` or `failure`. Each is a
 * line of JSON.
 */

/** Raised with every change of what is said: command and server may be of different versions after an upgrade. */
const PROTOCOL = 2;

/** Accounts and PBXs by the names that were typed: the server looks them up in its own directory. */
export type Ask =
  | { readonly ask: 'examine'; readonly account: string; readonly pbx: string; readonly extension?: string }
  | CallAsk;

export interface CallAsk {
  readonly ask: 'call';
  readonly account: string;
  readonly asked: Asked;
  /** Be told of the call until it is over. */
  readonly follow: boolean;
}

export type Told =
  | { readonly finding: Finding }
  | { readonly answer: Answer }
  /** As it stands, and again each time that something is told of it. */
  | { readonly call: Call };

/** `name` is that of the error, by which the command knows what to exit with. */
export type Ending =
  | { readonly end: true }
  | { readonly failure: { readonly name: string; readonly message: string } };

/** Command and server do not come together. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
}

export function writeAsk(ask: Ask): string {
  return `${JSON.stringify({ protocol: PROTOCOL, ...ask })}\n`;
}

/** @throws ControlError where it is none, or one of another version */
export function readAsk(line: string): Ask {
  const json = objectOf(line);
  if (json['protocol'] !== PROTOCOL || !isKnown(json['ask']))
    throw new ControlError(
      'The running server and this command are of different versions; restart the server.',
    );
  // Of the same version, out of a folder of our own: it is what a command of ours has written.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return json as unknown as Ask;
}

function isKnown(ask: unknown): boolean {
  const known: readonly Ask['ask'][] = ['examine', 'call'];
  return known.some((each) => each === ask);
}

function objectOf(line: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(line);
    return typeof json === 'object' && json !== null ? (json as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
