import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Policy } from '../../../contract/v3/policy.ts';
import type { Principal } from '../../access/keys.ts';
import type { KeyLimits } from '../../access/limits.ts';
import { channelIdOf } from '../../calls/call.ts';
import type { Judgement } from '../../calls/policy/judge.ts';
import { DEFAULT_POLICY } from '../../../contract/default-policy.ts';
import type { DialledAs } from '../../calls/policy/read-dialled.ts';
import { newId } from '../../kit/ids.ts';
import { createLogger } from '../../kit/logger.ts';
import { openStore, type Store } from '../../store/open-store.ts';
import { Breaker } from './breaker.ts';
import { CallsAtOnce } from './calls-at-once.ts';
import { unfreezeKey } from './unfreeze.ts';

let folder: string;
let store: Store;
let tenantId: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'c2c-breaker-'));
  store = await openStore({ url: join(folder, 'click2call.db') });
  tenantId = newId();
  await store.directory.addTenant({ id: tenantId, slug: 'acme', name: 'Acme', createdAtMicros: 0 }, []);
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const MINUTE = 60_000;
/** Wednesday, 25 November 2026, 10:00 UTC. */
const START_MS = Date.UTC(2026, 10, 25, 10);
const POLICY: Policy = { ...DEFAULT_POLICY, home_country: 'DE', time_zone: 'Europe/Berlin' };

/** A process, at a time that its test moves. */
function process(startMs = START_MS) {
  let nowMs = startMs;
  const clock = { nowMicros: () => nowMs * 1000, monotonicMs: () => nowMs };
  const atOnce = new CallsAtOnce();
  const told: string[] = [];
  const breaker = new Breaker({
    store: store.breaker,
    atOnce,
    clock,
    log: createLogger('silent'),
    tell: ({ keyId }) => Promise.resolve(void told.push(keyId)),
  });
  let last = '';
  return {
    breaker,
    clock,
    told,
    pass: (ms: number) => void (nowMs += ms),
    endLast: () => atOnce.remove(last),
    /** @returns what it was refused with, or that it was made */
    async call(principal: Principal, to: DialledAs = EXTENSION, policy = POLICY): Promise<string> {
      last = newId();
      const plan = {
        callId: last,
        channelId: channelIdOf(last),
        first: '101',
        second: to.e164 ?? '102',
        dialAs: undefined,
        timeoutSeconds: 30,
      };
      const judged = { first: allowed(EXTENSION), second: allowed(to) };
      const atMicros = clock.nowMicros();
      const admission = await breaker.admit({ principal, plan, policy, judged, atMicros });
      if ('refusal' in admission) return `${admission.refusal.code}: ${admission.refusal.message}`;
      admission.admitted.made();
      return 'made';
    },
  };
}

const EXTENSION: DialledAs = { type: 'extension', e164: null, country: null };

function allowed(readAs: DialledAs): Judgement {
  return { isAllowed: true, readAs, rule: undefined, because: 'nothing speaks against it' };
}

function numberIn(country: string, e164: string): DialledAs {
  return { type: 'mobile', e164, country };
}

function newKey(limits: KeyLimits = {}): Principal & { readonly keyId: string } {
  return { tenantId, keyId: newId(), limits };
}

describe('the limits of a key', () => {
  it('are so many calls a minute, and again when the minute is over', async () => {
    const [office, key] = [process(), newKey({ perMinute: 2 })];
    expect([await office.call(key), await office.call(key)]).toEqual(['made', 'made']);
    expect(await office.call(key)).toBe(
      'too_many_calls: This key may have 2 calls a minute (per_minute), and has; try again in a minute.',
    );
    expect(await office.call(newKey())).toBe('made');
    office.pass(2 * MINUTE);
    expect(await office.call(key)).toBe('made');
  });

  it('are so many calls at the same time, and again when one is over', async () => {
    const [office, key] = [process(), newKey({ atOnce: 2 })];
    const answers = await Promise.all(Array.from({ length: 5 }, () => office.call(key)));
    expect(answers.filter((each) => each === 'made')).toHaveLength(2);
    expect(await office.call(key)).toMatch(
      /^too_many_calls: This key may have 2 calls at the same time \(at_once\)/,
    );
  });

  it('do not count what was not made', async () => {
    const [office, key] = [process(), newKey({ atOnce: 1, perMinute: 2 })];
    expect(await office.call(key)).toBe('made');
    office.endLast();
    expect(await office.call(key)).toBe('made');
    expect(await office.call(key)).toMatch(/per_minute/);
  });
});

describe('the limits of an account and of a number', () => {
  it('hold for all keys of the account together', async () => {
    const [office, policy] = [process(), { ...POLICY, calls_per_minute: 2, calls_at_once: 2 }];
    expect(await office.call(newKey(), EXTENSION, policy)).toBe('made');
    expect(await office.call(newKey(), EXTENSION, policy)).toBe('made');
    expect(await office.call(newKey(), EXTENSION, policy)).toMatch(
      /^too_many_calls: This account .*calls_per_minute/,
    );
    office.pass(2 * MINUTE);
    expect(await office.call(newKey(), EXTENSION, policy)).toMatch(
      /^too_many_calls: This account .*calls_at_once/,
    );
  });

  it('hold for one outside number, and for no extension', async () => {
    const [office, policy] = [process(), { ...POLICY, number_calls_per_minute: 2 }];
    const berlin = numberIn('DE', '+4930123456');
    expect(await office.call(newKey(), berlin, policy)).toBe('made');
    expect(await office.call(newKey(), berlin, policy)).toBe('made');
    expect(await office.call(newKey(), berlin, policy)).toMatch(
      /^too_many_calls: The number \+4930123456 may have 2 calls a minute \(number_calls_per_minute\)/,
    );
    expect(await office.call(newKey(), numberIn('DE', '+4930123457'), policy)).toBe('made');
    for (let call = 0; call < 5; call += 1)
      expect(await office.call(newKey(), EXTENSION, policy)).toBe('made');
  });
});

describe('a key that looks stolen', () => {
  const cuban = (last: number) => numberIn('CU', `+53720${String(last).padStart(4, '0')}`);

  it('freezes itself in every process, tells why, and is unfrozen with what it froze for learnt', async () => {
    const [one, two, key] = [process(), process(), newKey()];
    const answers: string[] = [];
    for (let call = 0; call < 6; call += 1) {
      one.pass(MINUTE / 4);
      answers.push(await one.call(key, cuban(call)));
    }
    const why = '5 calls in 1 minute to Cuba (CU), where this key never called before';
    expect(answers).toEqual([
      ...Array.from({ length: 4 }, () => 'made'),
      ...Array.from({ length: 2 }, () =>
        expect.stringContaining(`key_frozen: This key is frozen since 2026-11-25T10:01:15.000000Z: ${why}.`),
      ),
    ]);
    expect(await two.call(key)).toMatch(/^key_frozen/);
    expect([one.told, two.told]).toEqual([[key.keyId], []]);
    expect(await store.audit.newest(1, tenantId)).toMatchObject([
      {
        action: 'key.freeze',
        subject: key.keyId,
        actorKind: 'system',
        detail: JSON.stringify({ reason: why }),
      },
    ]);

    const by = { kind: 'command_line', name: 'ann' } as const;
    expect(await unfreezeKey(store.breaker, one.clock, newId(), key.keyId, by)).toBeUndefined();
    expect(await unfreezeKey(store.breaker, one.clock, tenantId, key.keyId, by)).toMatchObject({
      reason: why,
    });
    expect(await unfreezeKey(store.breaker, one.clock, tenantId, key.keyId, by)).toBeUndefined();
    for (let call = 0; call < 20; call += 1) expect(await one.call(key, cuban(call))).toBe('made');
    expect(await two.call(key, cuban(1))).toBe('made');
  });

  it('is not forgotten by a restart, and is one key in all processes', async () => {
    const key = newKey();
    const made: string[] = [];
    for (let day = 0; day < 4; day += 1) {
      const office = process(START_MS + day * 24 * 60 * MINUTE);
      for (let call = 0; call < 3; call += 1) made.push(await office.call(key, cuban(call)));
      await office.breaker.close();
    }
    expect(made.findIndex((each) => each !== 'made')).toBe(7);
    expect(made[7]).toMatch(/^key_frozen: .*: 8 calls in a week to where this key never called before/);
  });

  it('is left alone where its account says so', async () => {
    const [office, key] = [process(), newKey()];
    for (let call = 0; call < 20; call += 1)
      expect(await office.call(key, cuban(call), { ...POLICY, freeze_keys: false })).toBe('made');
  });
});
