import type { Call } from '../../contract/v3/call.ts';
import { presentCall } from '../calls/present-call.ts';
import { microsOf } from '../kit/clock.ts';
import type { PbxDriver, Settings } from '../pbx/contract.ts';
import { settingsFor } from '../pbx/settings.ts';
import { replayCall } from '../switchboard/replay-call.ts';
import type { JournalFile } from './journal-file.ts';

type Leaf = string | number | boolean | null;

/** One thing that is known of a call, as it was recorded and as it comes out now. */
export interface Compared {
  /** `legs.1.cause.q850` */
  readonly field: string;
  readonly recorded: Leaf;
  readonly replayed: Leaf;
  readonly isSame: boolean;
}

/** Feeds a captured journal through a driver, and lays what comes of it beside what was recorded. */
export function replay(file: JournalFile, driver: PbxDriver): Compared[] {
  const reader = driver.reader?.(settingsOf(file, driver));
  return compare(file.call, presentCall(factsOf(file.call), replayCall(file.call.id, file.entries, reader)));
}

/** Defaults stand in for what the file does not have. Secrets are not in it, and no reader needs any. */
function settingsOf({ settings }: JournalFile, { manifest }: PbxDriver): Settings {
  const { settings: specs } = settingsFor(manifest, settings);
  return Object.fromEntries(
    specs.map(({ name, default: standard = '' }) => [name, settings[name] ?? standard] as const),
  );
}

function factsOf({ id, dial_first, dial_second, dial_as, pbx, reference, asked_at }: Call) {
  return {
    id,
    first: dial_first ?? undefined,
    second: dial_second ?? undefined,
    dialAs: dial_as ?? undefined,
    pbxName: pbx ?? undefined,
    reference: reference ?? undefined,
    askedAtMicros: microsOf(asked_at) ?? 0,
  };
}

function compare(recorded: Call, replayed: Call): Compared[] {
  const [before, now] = [new Map(leaves(recorded)), new Map(leaves(replayed))];
  const fields = [...new Set([...now.keys(), ...before.keys()])];
  return fields
    .filter((field) => isKnownTo(recorded, field))
    .map((field) => {
      const [was, is] = [before.get(field) ?? null, now.get(field) ?? null];
      return { field, recorded: was, replayed: is, isSame: was === is };
    });
}

/** What calls did not have yet when this one was recorded can not differ. What was null then can. */
function isKnownTo(recorded: object, field: string): boolean {
  let at: unknown = recorded;
  for (const name of field.split('.')) {
    if (typeof at !== 'object' || at === null) return true;
    if (!Object.hasOwn(at, name)) return false;
    at = (at as Readonly<Record<string, unknown>>)[name];
  }
  return true;
}

/** Every value that is not null, by its path. */
function leaves(json: object | Leaf, path = ''): [path: string, value: Leaf][] {
  if (json === null) return [];
  if (typeof json !== 'object') return [[path, json]];
  return Object.entries(json).flatMap(([name, value]) =>
    leaves(value, path === '' ? name : `${path}.${name}`),
  );
}
