import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channelIdOf } from '../calls/call.ts';
import type { PbxFact } from '../calls/fact.ts';
import { systemClock } from '../kit/clock.ts';
import { createLogger } from '../kit/logger.ts';
import { newTenant, opening } from '../store/conformance/samples.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { TrackCalls, type ToldEvent } from './track-calls.ts';
import type { CallRecord } from './ports.ts';

let folder: string;
let store: Store;
let tenantId: string;
let told: ToldEvent[];
let calls: TrackCalls;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'c2c-track-'));
  store = await openStore({ url: join(folder, 'store.db') });
  tenantId = await newTenant(store);
  told = [];
  calls = track();
});

afterEach(async () => {
  await calls.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** One more process that tracks calls in the same database. */
function track(
  publish: (events: readonly ToldEvent[]) => void = (events) => told.push(...events),
): TrackCalls {
  return new TrackCalls({ journal: store.journal, clock: systemClock, log: createLogger('silent'), publish });
}

async function opened(): Promise<CallRecord> {
  const made = opening(tenantId, { tender: calls.tender });
  await calls.ready();
  await store.journal.open(made);
  calls.begin({ call: made.call, version: made.entries.length });
  return made.call;
}

let micros = 1;
function hear({ id, pbxId }: CallRecord, fact: PbxFact, by = calls): void {
  const raw = `Event: ${'happened' in fact ? `${fact.side} ${fact.happened}` : fact.type}`;
  const atMicros = micros++;
  by.hear(pbxId ?? '', {
    type: 'call',
    channelId: channelIdOf(id),
    atMicros,
    fact,
    frame: { direction: 'received', atMicros, raw },
  });
}

const RINGS: PbxFact = { type: 'leg', side: 'first', happened: 'ringing' };
const ANSWERS: PbxFact = { type: 'leg', side: 'first', happened: 'answered' };
const ENDED: PbxFact = { type: 'ended' };

function accept({ id }: CallRecord, by = calls): Promise<void> {
  const answer = { kind: 'answer', atMicros: micros++, data: 'accepted' } as const;
  return by.take(id, {
    atMicros: answer.atMicros,
    facts: [{ type: 'accepted' }],
    entries: [answer],
    outcome: 'accepted',
  });
}

describe('what is heard of a call', () => {
  it('goes into its row and its journal, each event behind what told it, and is published when it is written', async () => {
    const made = await opened();
    await accept(made);
    hear(made, RINGS);
    hear(made, ANSWERS);
    hear(made, ENDED);
    await expect.poll(() => calls.has(made.id)).toBe(false);
    const entries = await store.journal.entriesOf(made.id);
    expect(entries.map(({ kind }) => kind)).toEqual([
      'request',
      'answer',
      'event',
      'heard',
      'event',
      'heard',
      'event',
      'heard',
      'event',
    ]);
    expect(told.map(({ event, position }) => [event.number, event.type, position])).toEqual([
      [1, 'call.accepted', 1],
      [2, 'call.ringing_first', 2],
      [3, 'call.answered_first', 3],
      [4, 'call.ended', 4],
    ]);
    expect(await store.journal.callById(made.id)).toMatchObject({
      outcome: 'accepted',
      life: { state: 'ended', told: 4 },
    });
  });

  it('counts for calls of that PBX alone, and for none that nobody here tends', async () => {
    const made = await opened();
    hear({ ...made, pbxId: 'another' }, ENDED);
    hear({ ...made, id: '01a20743-6ace-7a8e-98cd-cfdcbfa14db5' }, ENDED);
    await accept(made);
    expect(await store.journal.callById(made.id)).toMatchObject({ life: { state: 'originating', told: 1 } });
  });

  it('waits for the answer to the order, though the call is over before it', async () => {
    const made = await opened();
    hear(made, ENDED);
    await expect.poll(async () => (await store.journal.callById(made.id))?.life.state).toBe('ended');
    expect(calls.has(made.id)).toBe(true);
    await accept(made);
    expect(calls.has(made.id)).toBe(false);
    expect((await store.journal.callById(made.id))?.outcome).toBe('accepted');
  });

  it('numbers the events of many calls in one feed without holes', async () => {
    const made = await Promise.all(Array.from({ length: 50 }, () => opened()));
    for (const fact of [RINGS, ANSWERS, ENDED]) for (const each of made) hear(each, fact);
    await Promise.all(made.map((each) => accept(each)));
    await expect.poll(() => calls.tended()).toEqual([]);
    const positions = told.map(({ position }) => position);
    expect(positions).toEqual(Array.from({ length: positions.length }, (_, index) => index + 1));
    expect(positions.length).toBeGreaterThanOrEqual(150);
  });

  it('is taken in once, where two processes believe to tend the call', async () => {
    const made = await opened();
    const other = track();
    const version = await store.journal.callVersion(made.id);
    if (version !== undefined) other.begin(version);
    await accept(made);
    hear(made, RINGS, other);
    await expect.poll(async () => (await store.journal.callById(made.id))?.life.state).toBe('ringing_first');
    hear(made, ANSWERS);
    hear(made, ENDED);
    await expect.poll(() => calls.has(made.id)).toBe(false);
    const events = (await store.journal.entriesOf(made.id)).filter(({ kind }) => kind === 'event');
    expect(events.map(({ data }) => (data as { number: number }).number)).toEqual([1, 2, 3, 4]);
    await other.close();
  });
});

describe('who waits for a call', () => {
  it('is woken by what was asked for, or by the end', async () => {
    const made = await opened();
    const ringing = calls.waitFor(made.id, ({ state }) => state === 'ringing_first', 5_000);
    const connected = calls.waitFor(made.id, ({ state }) => state === 'connected', 5_000);
    await accept(made);
    hear(made, RINGS);
    expect((await ringing)?.state).toBe('ringing_first');
    hear(made, ENDED);
    expect((await connected)?.state).toBe('ended');
  });

  it('is told what is known when its time is over', async () => {
    const made = await opened();
    await accept(made);
    const life = await calls.waitFor(made.id, ({ state }) => state === 'connected', 20);
    expect(life?.state).toBe('originating');
  });
});

describe('calls that a process leaves', () => {
  it('are nobody’s as soon as it has closed', async () => {
    const made = await opened();
    await accept(made);
    const before = systemClock.nowMicros() - 1_000_000;
    expect(await store.journal.untended(before, 10)).toEqual([]);
    await calls.close();
    expect((await store.journal.untended(before, 10)).map((each) => each.call.id)).toEqual([made.id]);
  });
});
