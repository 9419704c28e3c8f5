import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { SITUATIONS } from '../src/calls/situations/all.ts';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/**
 * Situations that no call of the tests has come to, and why: neither a real Asterisk nor the PBXs in the box can be brought
 * into them. The table of `src/calls` tries them all the same.
 */
const NOT_PRODUCED: Readonly<Record<string, string>> = {
  request_failed:
    'Every error that a call is refused or fails with today has a situation of its own; this one is for those to come.',
  service_fault: 'A driver would have to throw what is no PbxError, and none of ours does.',
  second_answered_not_connected:
    'The second would have to leave in the moment between its answer and the bridge: Asterisk bridges the two even where the dialplan answers and hangs up at once.',
};

it('every situation is produced by a call on a real Asterisk or on a PBX in the box, on one side at least, or it is said why not', () => {
  const tests = globSync('{api,journeys}/**/*.test.ts', { cwd: HERE });
  const texts = tests.map((name) => readFileSync(`${HERE}${name}`, 'utf8')).join('\n');
  const produced = SITUATIONS.filter(({ code }) => texts.includes(`'${code}'`)).map(({ when }) => when);
  const left = SITUATIONS.filter(({ when }) => !produced.includes(when));
  expect(left.map(({ code }) => code).toSorted()).toEqual(Object.keys(NOT_PRODUCED).toSorted());
});
