import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readJournalFile } from './journal-file.ts';
import { messagesOf, objectOf, testCli } from './test-cli.ts';

const BUSY = join(import.meta.dirname, '../../test/journals/freeswitch-second-busy.json');
const cli = await testCli();

/** The captured call, with something in it changed. */
async function changed(change: (text: string) => string): Promise<string> {
  const path = join(tmpdir(), `c2c-replay-${process.pid}-${Math.trunc(performance.now() * 1000)}.json`);
  await writeFile(path, change(readFileSync(BUSY, 'utf8')));
  onTestFinished(() => rm(path));
  return path;
}

describe('click2call replay', () => {
  it('lays what comes of the journal beside what was recorded', async () => {
    const { code, stdout, stderr } = await cli.run(['replay', BUSY]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^ +FIELD +RECORDED +REPLAYED\n/);
    expect(stdout).toMatch(/^ +disposition +busy +busy$/m);
    expect(stdout).toMatch(/^ +legs\.1\.cause\.sip +486 +486$/m);
    expect(stdout).toMatch(/\nThe call comes to the same\.\n$/);
    expect(stdout).not.toContain('≠');
  });

  it('fails with what differs, where it ought to have been another thing', async () => {
    const path = await changed((text) => text.replace('"disposition":"busy"', '"disposition":"no_answer"'));
    const { code, stdout, stderr } = await cli.run(['replay', path]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^≠ +disposition +no_answer +busy$/m);
    expect(stderr).toMatch(/^error: disposition was no_answer, and is busy now\.\n$/);
    const json = await cli.run(['replay', path, '--json']);
    expect(objectOf(json.stdout)).toMatchObject({ same: false, fields: expect.any(Array) });
    expect(messagesOf(json.stderr)).toContainEqual(expect.stringMatching(/^disposition was no_answer/));
  });

  it('takes the driver that is given, where the file names none', async () => {
    const path = await changed((text) => text.replace('"driver":"freeswitch"', '"driver":null'));
    expect(await cli.run(['replay', path])).toMatchObject({
      code: 2,
      stderr: 'error: FILE names no driver; give it with --driver.\n',
    });
    expect((await cli.run(['replay', path, '--driver', 'freeswitch'])).code).toBe(0);
  });

  it('reads standard input, and needs no installation', async () => {
    const env = { C2C_DATA_DIR: '/dev/null/nowhere' };
    expect((await cli.run(['replay', '-'], { env, input: readFileSync(BUSY, 'utf8') })).code).toBe(0);
  });
});

describe('a file that is no journal', () => {
  it.each([
    ['{', /^FILE is no JSON: /],
    ['[]', /^FILE must be what click2call show <request_id> --json writes/],
    ['{"call":{},"journal":[]}', /^call has no id; /],
    [
      '{"call":{"id":"1","asked_at":"now","legs":[]},"journal":[]}',
      /^call\.asked_at must be an RFC 3339 time/,
    ],
    [journal('{"at":"now","kind":"note","data":{}}'), /^journal\[0\]\.at must be an RFC 3339 time/],
    [
      journal('{"at":"2026-11-25T09:30:00Z","kind":"noise","data":{}}'),
      /^journal\[0\] must have a kind of request, /,
    ],
    [journal('{"at":"2026-11-25T09:30:00Z","kind":"note","data":1}'), /data that is an object\.$/],
  ])('is told what is wrong with it: %s', (text, message) => {
    expect(() => readJournalFile(text)).toThrow(message);
  });
});

function journal(entry: string): string {
  return `{"call":{"id":"1","asked_at":"2026-11-25T09:30:00Z","legs":[]},"journal":[${entry}]}`;
}
