import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startHttpSandbox } from '../sandbox/http/http-sandbox.ts';
import { manifest } from './manifest.ts';
import { READY_MADE } from './ready-made.ts';
import { CHANNEL, failureOf, planOf, startClick, toldBy } from './test-click.ts';
import type { Template } from './template.ts';
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

async function startExample({ password = 'sandbox', pace = 1 } = {}) {
  const pbx = await startHttpSandbox({ template: 'example', pace });
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

  it.each([
    ['101', '104', ['first ringing', 'connected', 'ended']],
    ['486', '104', ['first ringing', 'first ended busy busy', 'ended']],
  ])('follows the call of %s and %s', async (first, second, told) => {
    const { session, events } = await startExample({ pace: 0.3 });
    await session.originate(planOf(first, second));
    await expect.poll(() => toldBy(events).at(-1)).toBe('ended');
    expect(toldBy(events)).toEqual(told);
  });

  it('ends a call, and is content where it is gone', async () => {
    const { session, events } = await startExample();
    await session.originate(planOf('101', '105'));
    await session.hangUp?.(CHANNEL);
    await expect.poll(() => toldBy(events).at(-1)).toBe('ended');
    await session.hangUp?.(CHANNEL);
  });

  it('does not get in with a wrong password', async () => {
    const { session } = await startExample({ password: 'wrong-1' });
    expect(await failureOf(session.originate(planOf('101', '105')))).toMatchObject({
      phase: 'refused',
      code: 'pbx_login_refused',
      said: 'HTTP 401: Who are you?',
    });
  });
});

function endingOf({ cancel }: Template): string {
  if (cancel === undefined) return 'no';
  return cancel.setting === undefined ? 'yes' : `if \`${cancel.setting}=true\``;
}

describe('the guides', () => {
  const rows = [
    ...manifest.guide.matchAll(
      /^\| `([^`=]+)` +\| [^|]+\| ([^|]+?) +\| ([^|]+?) +\| ([^|]+?) +\| ([^|]+?) +\|$/gm,
    ),
  ];

  it('name every ready-made template with what it can do, and no other', () => {
    const told = rows.map(([, name, dialAs, timeout, tells, ends]) => [
      name,
      dialAs?.split(' ')[0],
      timeout,
      tells === 'nothing',
      ends,
    ]);
    const words = { passed: 'any', first_only: 'the', none: 'none:' };
    expect(told).toEqual(
      Object.entries(READY_MADE).map(([name, { template }]) => [
        name,
        words[template.dial_as],
        passesTimeout(template) ? 'the first phone' : 'not passed on',
        template.status === undefined,
        endingOf(template),
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
