import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, Script } from 'node:vm';
import { expect, it } from 'vitest';
import { DRIVERS } from '../../src/pbx/registry.ts';
import { settingsFor } from '../../src/pbx/settings.ts';
import { READY_MADE } from '../../src/pbx/http/ready-made.ts';

/*
 * One regular expression that takes quadratic time, met by a long text, stops the whole server: it has one thread. So each
 * one of the product meets texts that are made to be bad for it, longer than anything that we read. Linear ones take a
 * few milliseconds for them; the bound is there for those that do not.
 */

const root = join(import.meta.dirname, '../..');
const LENGTH = 65_536;
const MS_MAX = 400;

/** Where a literal may begin; a division has a value before it. */
const LITERAL =
  /(?:^|[(,=:[!&|?{};>]|\breturn|\bcase)\s*\/((?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)(?=[\s,;).:\]}])/gm;

function literals(): Map<string, RegExp> {
  const found = new Map<string, RegExp>();
  const files = globSync(['src/**/*.ts', 'contract/**/*.ts'], { cwd: root });
  for (const file of files.filter((each) => !/\.test\.ts$|\/test-|conformance\/|pbx\/sandbox\//.test(each))) {
    const code = readFileSync(join(root, file), 'utf8').replace(/^\s*(?:\/\/|\*|\/\*).*$/gm, '');
    for (const [, source = '', flags = ''] of code.matchAll(LITERAL))
      found.set(`${file} /${source}/${flags}`, new RegExp(source, flags));
  }
  return found;
}

function settingPatterns(): Map<string, RegExp> {
  const all = DRIVERS.flatMap(({ manifest }) => [
    ...manifest.settings,
    ...Object.keys(READY_MADE).flatMap((template) => settingsFor(manifest, { template }).settings),
  ]);
  return new Map(
    all.flatMap(({ name, pattern }) =>
      pattern === undefined ? [] : [[`${name} ${pattern}`, new RegExp(`^(?:${pattern})$`, 'u')] as const],
    ),
  );
}

/** What the expression itself speaks of, one sign for each kind, and what none of them is. */
function signsOf({ source }: RegExp): string[] {
  const kinds: readonly (readonly [RegExp, string])[] = [
    [/\\s|\\p\{Z/, ' '],
    [/\\d|0-9|\\p\{N/, '1'],
    [/\\w|a-z|A-Z|\\p\{L|\.|\[\^/, 'a'],
    [/a-f/i, 'f'],
    [/\\r|\\s|\[\^/, '\r'],
    [/\\n|\\s|\[\^/, '\n'],
    [/\\t/, '\t'],
    [/\\p\{Cc|\\P/, '\u0001'],
    [/\\p\{M/, '\u0301'],
  ];
  const written = source.replace(/\\[dswbDSWBnrtpPxukc](?:\{[^}]*\})?|\(\?<?[:=!a-z]*>?|[a-zA-Z]{2,}/g, '');
  const literal = Array.from(written.replace(/[()|*+?{}^$.[\]\\]/g, ''));
  const escaped = [...source.matchAll(/\\([^a-zA-Z0-9])/g)].map((match) => match[1] ?? '');
  return [
    ...new Set([
      ...kinds.filter(([kind]) => kind.test(source)).map(([, sign]) => sign),
      ...literal,
      ...escaped,
    ]),
  ];
}

/** The words that it must meet before it comes to anything else: `Basic `, `tel:`. */
function wordsOf({ source }: RegExp): string[] {
  const words = source.match(/[A-Za-z][A-Za-z0-9_: -]{2,}/g) ?? [];
  return ['', ...new Set(words)].slice(0, 4);
}

function badTextsFor(expression: RegExp): string[] {
  const signs = signsOf(expression).slice(0, 8);
  const units = [...signs, ...signs.flatMap((one) => signs.map((two) => one + two)), ...wordsOf(expression)];
  return units
    .filter((unit) => unit !== '')
    .flatMap((unit) => {
      const long = unit.repeat(LENGTH / unit.length);
      return wordsOf(expression).flatMap((word) => [`${word}${long}\u0000`, `${word}${long}`]);
    });
}

function slowest(expression: RegExp): { readonly ms: number; readonly text: string } {
  let worst = { ms: 0, text: '' };
  for (const text of badTextsFor(expression)) {
    const ms = time(expression, text);
    // A machine with other things to do is given a second chance.
    const sure = ms >= MS_MAX ? Math.min(ms, time(expression, text)) : ms;
    if (sure > worst.ms) worst = { ms: sure, text: JSON.stringify(text.slice(0, 20)) };
    if (worst.ms >= MS_MAX) break;
  }
  return worst;
}

const room: { expression?: RegExp; text?: string } = createContext({});
const run = new Script('expression.global ? text.replace(expression, "") : expression.exec(text)');

/** Milliseconds, ended where it takes too long: a bad one would take hours. */
function time(expression: RegExp, text: string): number {
  expression.lastIndex = 0;
  Object.assign(room, { expression, text });
  const began = performance.now();
  try {
    run.runInContext(room, { timeout: MS_MAX });
  } catch (error) {
    // It is an error of that room, and no instance of ours.
    if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
  }
  return performance.now() - began;
}

it('is found out: this check knows a bad one', () => {
  for (const bad of [/^([b]+)+$/, /\s+$/, /^\s*(.*?)\s*<x>$/])
    expect(slowest(bad).ms, bad.source).toBeGreaterThanOrEqual(MS_MAX);
});

const all = [...literals(), ...settingPatterns()];

it('finds the expressions of the product', () => {
  expect(all.length).toBeGreaterThan(150);
});

it.each(all)('%s takes no more time than its text is long', (_where, expression) => {
  const { ms, text } = slowest(expression);
  expect(ms, `${text}… ${LENGTH} times`).toBeLessThan(MS_MAX);
});
