import { createHmac } from 'node:crypto';
import { newToken } from '../kit/ids.ts';
import type { Seal } from '../kit/seal.ts';

/** What a webhook's messages are signed with. */
export interface Secrets {
  /** `whsec_` and the base64 of its bytes. */
  readonly current: string;
  /** The one before, which signs as well until then. */
  readonly previous?: { readonly secret: string; readonly untilMicros: number };
}

const PREFIX = 'whsec_';
const BYTES = 32;

export function newSecret(): string {
  return PREFIX + Buffer.from(newToken(BYTES), 'base64url').toString('base64');
}

/** Those that a message is signed with at that time. */
export function secretsAt({ current, previous }: Secrets, nowMicros: number): string[] {
  return previous !== undefined && previous.untilMicros > nowMicros ? [current, previous.secret] : [current];
}

/** @throws SealBroken */
export function sealSecrets(
  seal: Seal,
  secrets: Secrets,
  webhookId: string,
  masterKeyId: string | undefined,
): string {
  return seal.close(JSON.stringify(secrets), webhookId, masterKeyId);
}

/** @throws SealBroken */
export function openSecrets(seal: Seal, sealed: string, webhookId: string): Secrets {
  return JSON.parse(seal.open(sealed, webhookId)) as Secrets;
}

/**
 * The headers of a message, as Standard Webhooks 1.0 has them (https://www.standardwebhooks.com).
 * @param secrets a signature for each
 */
export function signedHeaders(
  id: string,
  atMicros: number,
  body: string,
  secrets: readonly string[],
): Record<string, string> {
  const timestamp = String(Math.floor(atMicros / 1_000_000));
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}
