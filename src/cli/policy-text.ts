import type { Policy } from '../../contract/v3/policy.ts';
import { DEFAULT_POLICY } from '../../contract/default-policy.ts';
import { pairs } from './terminal.ts';

/** A policy for people: each rule and what it is set to. */
export function policyText(policy: Policy): string {
  return pairs(Object.entries(policy).map(([name, value]) => [name, valueText(value)] as const));
}

function valueText(value: Policy[keyof Policy]): string {
  if (!Array.isArray(value)) return value === null ? '-' : String(value);
  return value.length === 0 ? '-' : value.join(value.some((each) => each.includes(',')) ? '; ' : ', ');
}

/** A rule's value as it is typed: `DE,AT`, `600`, `null`, `-`. What it is by its look; whether it can be is asked later. */
export function policyValue(name: string, typed: string): unknown {
  const isList = Array.isArray(DEFAULT_POLICY[name as keyof Policy]);
  const text = typed.trim() === '-' ? '' : typed.trim();
  if (isList) return listOf(text, name === 'hours' ? ';' : /[,;]/);
  if (text === '' || text === 'null') return null;
  if (text === 'true' || text === 'false') return text === 'true';
  return /^[0-9]{1,9}$/.test(text) ? Number(text) : text;
}

function listOf(text: string, between: string | RegExp): string[] {
  return text
    .split(between)
    .map((each) => each.trim())
    .filter((each) => each !== '');
}
