import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readSettings, splitSecrets } from '../settings.ts';
import { COMMON_SETTINGS } from './common-settings.ts';
import { loadTemplate } from './load-template.ts';
import { manifest } from './manifest.ts';
import { readTemplate } from './read-template.ts';
import { READY_MADE } from './ready-made.ts';

const RESERVED = COMMON_SETTINGS.map(({ name }) => name);
const GOOD = {
  label: 'Ours',
  dial_as: 'none',
  settings: [{ name: 'key', label: 'Key', help: 'The key.', type: 'text', required: true, secret: true }],
  call: {
    method: 'GET',
    path: '/call/{first}/{second}',
    query: { key: '{setting:key}' },
    success: { status: [200] },
  },
};

const STATUS = {
  step: GOOD.call,
  absent: { status: [404] },
  states: [{ where: [{ json: '/state', equals: 'busy' }], means: 'busy' }],
};

function problemsOf(change: object): readonly string[] {
  const reading = readTemplate({ ...GOOD, ...change }, RESERVED);
  return reading.ok ? [] : reading.problems;
}

function callProblems(change: object): readonly string[] {
  return problemsOf({ call: { ...GOOD.call, ...change } });
}

function inFile(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'c2c-template-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'ours.json');
  writeFileSync(path, text);
  return path;
}

describe('a template', () => {
  it.each(Object.entries(READY_MADE))('%s is one, also when it comes as JSON', (_name, { template }) => {
    expect(readTemplate(JSON.parse(JSON.stringify(template)), RESERVED)).toMatchObject({ ok: true });
  });

  it.each([
    [{ label: 7 }, '/label must be string.'],
    [{ dial_as: 'maybe' }, '/dial_as must be one of passed, first_only, none.'],
    [{ dial_as: 'passed' }, '/dial_as is passed, but /call has neither {dial_as} nor {map:…:dial_as}.'],
    [{ colour: 'red' }, 'the template has unknown fields: colour.'],
    [{ call: undefined }, '/call must be object.'],
    [
      { settings: [{ name: 'host', label: 'H', help: 'H.', type: 'text', required: true }] },
      '/settings/0/name is host, which is there already; give another name.',
    ],
    [
      { settings: [{ name: 'key', label: 'K', help: 'K.', type: 'text' }] },
      '/settings/0 needs a default or required: true.',
    ],
    [
      { settings: [{ name: 'key', label: 'K', help: 'K.', type: 'text', required: true, pattern: '(' }] },
      '/settings/0/pattern is no regular expression.',
    ],
    [
      { inside: { number: 'second', call: GOOD.call } },
      '/inside needs a setting inside_digits of the type integer.',
    ],
    [
      { cancel: { steps: [{ ...GOOD.call, path: '/end/{pbx_call_id}' }] } },
      '/call_id is needed where {pbx_call_id} is used.',
    ],
    [
      { cancel: { steps: [GOOD.call], setting: 'key' } },
      '/cancel/setting needs a setting key of the type boolean.',
    ],
    [
      { cancel: { steps: [GOOD.call], absent: {} } },
      '/cancel/absent needs status or where: else every call would be absent.',
    ],
    [
      { cancel: { steps: [{ ...GOOD.call, path: 'end' }] } },
      '/cancel/steps/0/path must begin with / or {path:…}.',
    ],
    [
      { status: { ...STATUS, absent: {} } },
      '/status/absent needs status or where: else every call would be absent.',
    ],
    [
      { status: { ...STATUS, states: [{ where: [{ json: '/a', xml: 'b' }], means: 'busy' }] } },
      '/status/states/0 must have one of json, xml, header, after and, in a condition, contains.',
    ],
    [
      { status: { ...STATUS, step: { ...GOOD.call, success: {} } } },
      '/status/step/success needs status or where: else everything would be one.',
    ],
  ])('%j: is told what is wrong, and where', (change, problem) => {
    expect(problemsOf(change)).toContain(problem);
  });

  it('may end its calls without an id of them', () => {
    expect(problemsOf({ cancel: { steps: [GOOD.call] }, status: STATUS })).toEqual([]);
  });

  it.each([
    [{ method: 'TRACE' }, '/call/method must be one of GET, POST, PUT, PATCH, DELETE.'],
    [{ path: 'call' }, '/call/path must begin with / or {path:…}.'],
    [
      { path: '/call?to={second}' },
      '/call/path has a character that must be percent-encoded; a query goes into query.',
    ],
    [
      { query: { key: '{setting:kee}' } },
      '/call/query/key asks for the setting kee, which is not among /settings.',
    ],
    [
      { query: { key: '{token}' } },
      '/call/query/key asks for token of the login, which no login step takes.',
    ],
    [
      { query: { id: '{pbx_call_id}' } },
      '/call/query/id has {pbx_call_id}, which only status and cancel may have.',
    ],
    [
      { query: { key: '{first' } },
      '/call/query/key has a { without its }; write {{ for the character itself.',
    ],
    [{ headers: { Host: 'other' } }, '/call/headers can\'t set "Host".'],
    [{ headers: { 'X-A\r\nX-B': '1' } }, '/call/headers can\'t set "X-A\\r\\nX-B".'],
    [{ body: { json: {}, form: {} } }, '/call/body must have one of json, form, xml.'],
    [
      { body: { form: { t: '{timeout|number}' } } },
      '/call/body/form/t has {timeout|number}, which may only stand alone in a text of a JSON body.',
    ],
    [{ success: {} }, '/call/success needs status or where: else everything would be one.'],
    [
      { said: [{ json: '/a', xml: 'b' }] },
      '/call/said/0 must have one of json, xml, header, after and, in a condition, contains.',
    ],
    [{ auth: { type: 'digest', username: 'a' } }, '/call/auth needs password.'],
  ])('call %j: is told what is wrong, and where', (change, problem) => {
    expect(callProblems(change)).toContain(problem);
  });

  it('of a bottomless depth is refused', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`);
    expect(callProblems({ body: { json: deep } })).toEqual(['the template is deeper than 40 levels.']);
  });
});

describe('the setting template', () => {
  it.each([
    ['3xc', 'template: there is no ready-made template "3xc"; did you mean 3cx?'],
    ['ours.json', 'template: there is no ready-made template "ours.json"; there are 3cx, '],
    ['../ours.json', 'template: give a file by its whole path from / on, ending in .json.'],
    ['/etc/passwd', 'template: give a file by its whole path from / on, ending in .json.'],
    ['/nowhere/ours.json', 'template: /nowhere/ours.json is not there.'],
    ['__proto__', 'template: there is no ready-made template "__proto__"'],
  ])('%s: is told what is wrong', (given, problem) => {
    const reading = loadTemplate(given);
    expect(reading.ok ? [] : reading.problems).toEqual([expect.stringContaining(problem)]);
  });

  it('never tells what else stands in the file', () => {
    const texts = [
      '{"password":"canary-1"}',
      'canary-1',
      '"canary-1"',
      '{"label":"canary-1","dial_as":"canary-1"}',
    ];
    for (const text of texts) {
      const reading = loadTemplate(inFile(text));
      expect(reading.ok).toBe(false);
      expect(JSON.stringify(reading)).not.toContain('canary-1');
    }
  });

  it('brings its own settings along, with their secrets and defaults', () => {
    const template = inFile(JSON.stringify({ ...GOOD, port: 8_080 }));
    const reading = readSettings(manifest, { template, host: 'pbx.example.net', key: 'k3y' });
    if (!reading.ok) throw new Error(reading.problems.join('\n'));
    expect(reading.settings).toMatchObject({ port: 8_080, tls: true, answer_seconds: 10, key: 'k3y' });
    expect(splitSecrets(manifest, reading.settings).secret).toEqual({ key: 'k3y' });
    const missing = readSettings(manifest, { template, host: 'pbx.example.net', kee: 'k3y' });
    expect(missing).toMatchObject({
      ok: false,
      problems: ['"kee" is no setting of http; did you mean key?', 'key is missing: The key.'],
    });
  });
});
