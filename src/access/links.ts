import { createHash } from 'node:crypto';
import { SYSTEM, type Act, type Actor } from '../audit/act.ts';
import { readNumber } from '../calls/number.ts';
import { microsOf, rfc3339, type Clock } from '../kit/clock.ts';
import { newOrderedId, newSecretText } from '../kit/ids.ts';
import { maskKeys } from './key-text.ts';
import type { Principal } from './keys.ts';
import type { LinkRecord, LinkStore } from './ports.ts';
import { AccessError, type AccessProblem } from './read-rights.ts';

/** What is asked of a link, by the names that it has everywhere outside. */
export interface LinkInput {
  readonly label?: string | undefined;
  readonly dial_first: string;
  readonly dial_second: string;
  readonly dial_as?: string | undefined;
  readonly pbx?: string | undefined;
  /** Calls that it may make: 1 unless given. */
  readonly uses?: number | undefined;
  /** RFC 3339; in a day unless given. */
  readonly expires_at?: string | undefined;
}

/** 190 bits, as a key has them. Letters and digits: a mail program takes the last of any other sign for the end of the link. */
const TOKEN_CHARACTERS = 32;
const TOKEN = /^[0-9A-Za-z]{32}$/;
const DAY_MICROS = 86_400_000_000;
const DAYS_MAX = 366;
const LABEL = /^[^\p{Cc}]{0,80}$/u;
export const USES_MAX = 1_000;

/**
 * Makes a link.
 * @param maker whose rights its calls are held to: those of its key, when it is clicked
 * @returns the token, which is shown once, here
 * @throws AccessError that names all that is wrong at once
 */
export async function createLink(
  store: LinkStore,
  clock: Clock,
  { tenantId, keyId }: Pick<Principal, 'tenantId' | 'keyId'>,
  input: LinkInput,
  by: Actor = SYSTEM,
): Promise<{ readonly token: string; readonly record: LinkRecord }> {
  const createdAtMicros = clock.nowMicros();
  const token = newSecretText(TOKEN_CHARACTERS);
  const record: LinkRecord = {
    id: newOrderedId(),
    tenantId,
    keyId,
    hash: hashOf(token),
    ...readLink(input, createdAtMicros),
    used: 0,
    usedAtMicros: undefined,
    createdAtMicros,
    revokedAtMicros: undefined,
  };
  const { label, first, second, uses, expiresAtMicros } = record;
  const detail = { label, first, second, uses, expires_at: rfc3339(expiresAtMicros) };
  await store.addLink(record, actOf(record, createdAtMicros, by, 'link.create', detail));
  return { token, record };
}

/** Revokes a link at once and for ever. False where that was done before. */
export function revokeLink(
  store: LinkStore,
  clock: Clock,
  link: LinkRecord,
  by: Actor = SYSTEM,
): Promise<boolean> {
  const { tenantId, id, label } = link;
  return store.revokeLink(tenantId, id, actOf(link, clock.nowMicros(), by, 'link.revoke', { label }));
}

/** Undefined for what is no token of a link. */
export async function linkOfToken(store: LinkStore, token: string): Promise<LinkRecord | undefined> {
  return TOKEN.test(token) ? store.linkByHash(hashOf(token)) : undefined;
}

/** Why a link makes no call; undefined: it does. */
export function deadBecause(
  { revokedAtMicros, expiresAtMicros, used, uses }: LinkRecord,
  nowMicros: number,
): 'revoked' | 'expired' | 'used' | undefined {
  if (revokedAtMicros !== undefined) return 'revoked';
  if (nowMicros >= expiresAtMicros) return 'expired';
  return used >= uses ? 'used' : undefined;
}

type ReadLink = Pick<
  LinkRecord,
  'label' | 'first' | 'second' | 'dialAs' | 'pbx' | 'uses' | 'expiresAtMicros'
>;

function readLink(input: LinkInput, nowMicros: number): ReadLink {
  const problems: AccessProblem[] = [];
  const no = (field: string, says: string) => void problems.push({ field, says: `${field} ${says}.` });
  const { label = '', uses = 1, expires_at, dial_as, pbx } = input;
  const number = (field: string, typed: string): string => {
    const reading = readNumber(typed, true);
    if (reading.ok) return reading.dial;
    no(field, reading.problem);
    return '';
  };
  if (!LABEL.test(label)) no('label', 'has over 80 characters, or one of control; give a few words');
  if (!Number.isInteger(uses) || uses < 1 || uses > USES_MAX)
    no('uses', `can not be ${uses}; give a whole number from 1 to ${USES_MAX}`);
  const expiresAtMicros = expires_at === undefined ? nowMicros + DAY_MICROS : microsOf(expires_at);
  if (!isWithin(expiresAtMicros, nowMicros))
    no(
      'expires_at',
      `can not be ${JSON.stringify(expires_at?.slice(0, 64))}; give a time within ${DAYS_MAX} days`,
    );
  const link = {
    // Everybody who has the link reads it.
    label: maskKeys(label),
    first: number('dial_first', input.dial_first),
    second: number('dial_second', input.dial_second),
    dialAs: dial_as === undefined ? undefined : number('dial_as', dial_as),
    pbx,
    uses,
    expiresAtMicros: expiresAtMicros ?? 0,
  };
  if (problems.length > 0) throw new AccessError(problems);
  return link;
}

function isWithin(micros: number | undefined, nowMicros: number): boolean {
  return micros !== undefined && micros > nowMicros && micros <= nowMicros + DAYS_MAX * DAY_MICROS;
}

function actOf(
  { tenantId: log, id: subject }: LinkRecord,
  atMicros: number,
  by: Actor,
  action: Act['action'],
  detail: Act['detail'],
): Act {
  return { log, atMicros, by, action, subject, detail };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
