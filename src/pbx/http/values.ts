import { createHash } from 'node:crypto';
import type { CallPlan } from '../../calls/call.ts';
import type { Settings } from '../contract.ts';
import { UnsafeValue } from './encode.ts';
import { parseText, type Placeholder } from './placeholder.ts';
import type { Template } from './template.ts';

/** A number is in none of the rows of a setting such as `101=alice,102=bob`. */
export class NotInMap extends Error {
  override readonly name = 'NotInMap';
  readonly setting: string;
  readonly number: string;
  readonly by: string;

  constructor(setting: string, number: string, by: string) {
    super(`${by}: the setting ${setting} has no row for ${number}`);
    this.setting = setting;
    this.number = number;
    this.by = by;
  }
}

/** Where a request's values come from. */
export interface Sources {
  readonly template: Template;
  readonly settings: Settings;
  /** Absent outside of a call. */
  readonly plan?: Pick<
    CallPlan,
    'first' | 'second' | 'dialAs' | 'timeoutSeconds' | 'callId' | 'callerIdName'
  >;
  /** What the PBX calls the call, once it has answered the order. */
  readonly pbxCallId?: string;
  /** What the login steps took. */
  readonly login: ReadonlyMap<string, string>;
}

/** A placeholder's value; undefined: there is none. @throws NotInMap */
export function valueOf(placeholder: Placeholder, sources: Sources): string | undefined {
  const { settings, login } = sources;
  const { source, name, by } = placeholder;
  switch (source) {
    case 'call':
      return callValue(name, sources);
    case 'setting':
    case 'path':
      return textOf(settings[name]);
    case 'login':
      return login.get(name);
    case 'map':
      return mapped(name, by ?? 'first', sources);
    case 'derived':
      return derived(name, sources);
  }
}

/** A whole text, its values as they are: for places that encode afterwards. Undefined: an optional one has no value. */
export function fill(text: string, sources: Sources): string | undefined {
  let filled = '';
  for (const part of parseText(text)) {
    const value = typeof part === 'string' ? part : requiredValue(part, sources);
    if (value === undefined) return undefined;
    filled += value;
  }
  return filled;
}

/** As `valueOf`; undefined for an optional one alone. @throws UnsafeValue, NotInMap */
export function requiredValue(placeholder: Placeholder, sources: Sources): string | undefined {
  const value = valueOf(placeholder, sources);
  if (value !== undefined && value !== '') return value;
  if (placeholder.optional) return undefined;
  if (value === '') return value;
  throw new UnsafeValue(`{${placeholder.name}} has no value here`);
}

/** `101=alice, 102=bob, *=everybody else`, as an administrator types it. */
export function readMap(text: string): ReadonlyMap<string, string> {
  const rows = text
    .split(',')
    .map((row) => row.split('='))
    .map(([number = '', ...value]) => [number.trim(), value.join('=').trim()] as const);
  return new Map(rows.filter(([number, value]) => number !== '' && value !== ''));
}

function callValue(name: string, { plan, pbxCallId }: Sources): string | undefined {
  if (plan === undefined) return undefined;
  switch (name) {
    case 'first':
      return plan.first;
    case 'second':
      return plan.second;
    case 'dial_as':
      return plan.dialAs;
    case 'timeout':
      return String(plan.timeoutSeconds);
    case 'caller_id_name':
      return plan.callerIdName;
    case 'pbx_call_id':
      return pbxCallId;
    default:
      return plan.callId;
  }
}

/**
 * `*` stands for every number without a row of its own, except one that was given as dial_as: nobody gets rights by
 * naming an extension that is not there. A dial_as that was not given is the first number.
 */
function mapped(name: string, by: 'first' | 'second' | 'dial_as', { plan, settings }: Sources): string {
  const map = readMap(textOf(settings[name]) ?? '');
  if (by === 'dial_as' && plan?.dialAs !== undefined) {
    const own = map.get(plan.dialAs);
    if (own === undefined) throw new NotInMap(name, plan.dialAs, 'dial_as');
    return own;
  }
  const number = (by === 'second' ? plan?.second : plan?.first) ?? '';
  const value = map.get(number) ?? map.get('*');
  if (value === undefined) throw new NotInMap(name, number, by === 'second' ? 'dial_second' : 'dial_first');
  return value;
}

function derived(name: string, sources: Sources): string | undefined {
  const rule = sources.template.derived?.[name];
  if (rule === undefined) return undefined;
  const text = fill(rule.of, sources);
  return text === undefined ? undefined : createHash(rule.hash).update(text).digest('hex');
}

function textOf(value: string | number | boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}
