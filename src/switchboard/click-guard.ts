import { createHash } from 'node:crypto';
import type { Principal } from '../access/keys.ts';
import type { CallPlan } from '../calls/call.ts';
import type { Asked, SeenRequest } from './place-call.ts';
import type { ClickGuard, JournalEntry } from './ports.ts';

/** So long an idempotency key stands for its call. */
const IDEMPOTENCY_WINDOW_MICROS = 24 * 3_600 * 1_000_000;

/**
 * What makes a request the same as an earlier one: its idempotency key, within its account, or else what is dialled with
 * the same API key. Undefined: every request counts.
 */
export function guardOf(principal: Principal, plan: CallPlan, asked: Asked): ClickGuard | undefined {
  const { idempotencyKey, repeatWindowMicros } = asked;
  if (idempotencyKey !== undefined) {
    const parts = ['idempotency key', principal.tenantId, idempotencyKey];
    return { fingerprint: fingerprintOf(parts), windowMicros: IDEMPOTENCY_WINDOW_MICROS };
  }
  if (repeatWindowMicros <= 0 || principal.keyId === undefined) return undefined;
  const parts = [principal.keyId, plan.first, plan.second];
  return { fingerprint: fingerprintOf(parts), windowMicros: repeatWindowMicros };
}

function fingerprintOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Whether a call's journal begins with a request that asked for the same, in whatever order its parameters stood. */
export function asksTheSame(entries: readonly JournalEntry[], { data }: SeenRequest): boolean {
  const first = entries.find(({ kind }) => kind === 'request')?.data as SeenRequest | undefined;
  return first !== undefined && sorted(first.data) === sorted(data);
}

function sorted(data: unknown): string {
  const entries = Object.entries(data ?? {}).map(([name, value]) => JSON.stringify([name, value]));
  return entries.toSorted().join();
}
