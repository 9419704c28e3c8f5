import { findNumber, type SandboxContext } from './numbers.ts';

/** A phone that the sandbox's PBX knows, as `PJSIP_ENDPOINT()` tells of it. */
export interface Endpoint {
  readonly id: string;
  readonly name: string;
  readonly context: SandboxContext;
  readonly accountCode: string;
}

const NAMES: Readonly<Record<string, string>> = {
  '101': 'Alice',
  '102': 'Bob',
  '103': 'Carol',
  '104': 'Dave',
  '105': 'Erin',
  '106': 'Frank',
  '107': 'Grace',
  '108': 'Heidi',
  '109': 'Ivan',
  '201': 'Judy',
};

/** The endpoint of that id, or undefined: outside numbers and numbers that nobody has are no endpoints. */
export function findEndpoint(id: string): Endpoint | undefined {
  const row = findNumber(id);
  if (row === undefined || !row.contexts.includes('internal')) return undefined;
  return {
    id,
    name: NAMES[id] ?? `Number ${id}`,
    context: id === '201' ? 'longdistance' : 'internal',
    accountCode: id,
  };
}
