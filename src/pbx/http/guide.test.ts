import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startHttpSandbox } from '../sandbox/http/http-sandbox.ts';
import { manifest } from './manifest.ts';
import { READY_MADE } from './ready-made.ts';
import { failureOf, planOf, startClick } from './test-click.ts';
import { passesTimeout } from './template-texts.ts';

/** The whole template of the guide, in a file as a customer would have it. */
function guideTemplate(): string {
  const json = /```json\n([\s\S]+?)\n```/.exec(manifest.guide)?.[1] ?? '';
  const folder = mkdtempSync(join(tmpdir(), 'c2c-template-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'our-pbx.json');
  writeFileSync(path, json);
  return path;
}

async function startExample(password = 'sandbox') {
  const pbx = await startHttpSandbox({ template: 'example' });
  return startClick(pbx, { template: guideTemplate(), username: 'click2call', password });
}

describe('the template that the guide writes', () => {
  it('makes a call, behind HTTP Digest', async () => {
    const { pbx, session } = await startExample();
    const exchange = await session.originate(planOf('101', '105'));
    expect(pbx.calls()).toMatchObject([{ first: '101', second: '105', timeout: '30' }]);
    expect(exchange.map(({ direction }) => direction)).toEqual(['sent', 'received', 'sent', 'received']);
    expect(JSON.stringify(exchange)).not.toContain('sandbox');
  });

  it("says in the PBX's words why not", async () => {
    const { session } = await startExample();
    expect(await failureOf(session.originate(planOf('101', '99999')))).toMatchObject({
      phase: 'refused',
      code: 'extension_unknown',
      said: 'no such number',
      remedy: 'Dial another second number.',
    });
    expect(await failureOf(session.originate(planOf('10101', '105')))).toMatchObject({
      phase: 'before_send',
      said: 'dial_first is 10101; this PBX takes 1 to 4 of the characters 0123456789',
    });
  });

  it('does not get in with a wrong password', async () => {
    const { session } = await startExample('wrong-1');
    expect(await failureOf(session.originate(planOf('101', '105')))).toMatchObject({
      phase: 'refused',
      code: 'pbx_login_refused',
      said: 'HTTP 401: Who are you?',
    });
  });
});

describe('the guides', () => {
  const rows = [...manifest.guide.matchAll(/^\| `([^`=]+)` +\| [^|]+\| ([^|]+?) +\| ([^|]+?) +\|$/gm)];

  it('name every ready-made template with what it can do, and no other', () => {
    const told = rows.map(([, name, dialAs, timeout]) => [name, dialAs?.split(' ')[0], timeout]);
    const words = { passed: 'any', first_only: 'the', none: 'none:' };
    expect(told).toEqual(
      Object.entries(READY_MADE).map(([name, { template }]) => [
        name,
        words[template.dial_as],
        passesTimeout(template) ? 'the first phone' : 'not passed on',
      ]),
    );
  });

  it.each(Object.entries(READY_MADE))(
    '%s: names every setting that must be given, and what is not verified',
    (name, { template, guide }) => {
      expect(guide).toContain(`template=${name}`);
      expect(guide).toContain('Not verified');
      const needed = (template.settings ?? []).filter(({ required }) => required === true);
      for (const setting of needed) expect(guide).toContain(`${setting.name}=`);
    },
  );
});
