import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findDriver } from '../../src/cli/find-driver.ts';
import { readJournalFile } from '../../src/cli/journal-file.ts';
import { replay } from '../../src/cli/replay.ts';
import { findingsInEachLook } from './axe.ts';
import { startStage, type Stage } from './stage.ts';

const HOSTILE = '</pre><img src=x onerror="document.title=1">';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

/** Makes a call, and gives its id. */
async function make(dial_first: string, dial_second: string, wait = 'ended'): Promise<string> {
  const response = await fetch(`${stage.gateway.url}/v3/calls?wait=${wait}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stage.gateway.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ dial_first, dial_second, pbx: 'main' }),
  });
  const { id, call_id } = (await response.json()) as { id?: string; call_id?: string };
  return id ?? call_id ?? '';
}

async function look(id: string): Promise<{ page: Page; complaints: readonly string[] }> {
  const opened = await stage.open({ key: stage.gateway.key });
  await opened.page.goto(`/console/calls/${id}`);
  await steps(opened.page).first().waitFor();
  return opened;
}

function steps(page: Page) {
  return page.getByRole('list', { name: 'What happened, in the order of time' }).getByRole('button');
}

function said(page: Page) {
  return page.getByRole('region', { name: 'What was said' });
}

describe('the X-ray of a call', () => {
  it('says what happened and what to do, and opens where it went wrong', async () => {
    const { page, complaints } = await look(await make('101', '486'));
    const diagnosis = page.getByRole('region', { name: 'Diagnosis' });
    expect(await diagnosis.innerText()).toMatch(/The second phone, 486, was busy\.\s+Try again later\./);
    await expect.poll(() => said(page).innerText()).toContain('the second phone to the PBX: User busy.');
    const times = page.getByRole('list', { name: 'Where the time went' });
    expect(await times.innerText()).toMatch(/To ring[^]*First rings[^]*Post-dial delay[^]*Second rings/);
    expect(await page.getByRole('figure', { name: 'The request, for a shell' }).innerText()).toContain(
      'Bearer $C2C_KEY',
    );
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('gives each message letter by letter, by the keyboard alone', async () => {
    const { page } = await look(await make('101', '104'));
    await steps(page).and(page.locator('[aria-expanded=true]')).focus();
    expect(await said(page).innerText()).toMatch(/Sent to the PBX[^]*Action: Originate\n/);
    await page.keyboard.press('Home');
    await expect.poll(() => said(page).innerText()).toContain('POST http://');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.evaluate<string>('document.activeElement.ariaExpanded')).toBe('true');
    await page.keyboard.press('End');
    await expect.poll(() => said(page).innerText()).toContain('Event: Hangup');
    await page.context().close();
  });

  it('is drawn while the call lives, and hangs it up', async () => {
    const id = await make('105', '105', 'connected');
    const { page } = await look(id);
    const acts = page.getByRole('button', { name: 'Hang up', exact: true });
    await acts.click();
    await expect
      .poll(() => page.getByRole('region', { name: 'Diagnosis' }).innerText())
      .toMatch(/ended|hung up|cancel/i);
    await expect.poll(() => acts.count()).toBe(0);
    await expect.poll(() => steps(page).last().innerText()).toMatch(/Hangup|Hungup/);
    await page.context().close();
  });

  it('shows as text whatever others wrote', async () => {
    const id = await make('101', '486');
    const raw = `Event: Newstate\r\nCallerIDName: ${HOSTILE}\u202e\u0007`;
    const atMicros = stage.gateway.parts.clock.nowMicros();
    await stage.gateway.parts.store.journal.append(id, [
      { kind: 'heard', atMicros, data: { raw } },
      { kind: 'note', atMicros: atMicros + 1, data: { says: HOSTILE } },
    ]);
    const { page, complaints } = await look(id);
    await steps(page).last().click();
    await expect.poll(() => said(page).innerText()).toContain(HOSTILE);
    await steps(page).nth(-2).click();
    await expect.poll(() => said(page).innerText()).toContain(`CallerIDName: ${HOSTILE}\uFFFD\u2407`);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).toContain('101 → 486');
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('is copied for a bug report that can be replayed, without secrets', async () => {
    const { page } = await look(await make('101', '486'));
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy for a bug report' }).click();
    await page.getByText('Copied, with numbers and names but no secrets').waitFor();
    const text = await page.evaluate<string>('navigator.clipboard.readText()');
    const file = readJournalFile(text);
    expect(file.driver).toBe('asterisk-ami');
    const compared = replay(file, await findDriver('asterisk-ami'));
    expect(compared.filter(({ isSame }) => !isSame)).toEqual([]);
    expect(compared.find(({ field }) => field === 'disposition')?.replayed).toBe('busy');
    expect(text).not.toContain('canary-pbx');
    expect(text).not.toContain(stage.gateway.key);
    await page.context().close();
  });

  it('says where it ends before the journal does, and reads on', async () => {
    const id = await make('101', '486');
    const { parts } = stage.gateway;
    const first = parts.clock.nowMicros();
    const notes = Array.from({ length: 1_100 }, (_, index) => ({
      kind: 'note' as const,
      atMicros: first + index,
      data: { says: `the ${index}th` },
    }));
    await parts.store.journal.append(id, notes);
    const { page } = await look(id);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const end = page.getByText('These are the first 1,000 lines of its journal.');
    await end.waitFor();
    expect(await steps(page).last().innerText()).not.toContain('the 1099th');
    await page.getByRole('button', { name: 'Copy for a bug report' }).click();
    await page.getByText('Copied, with numbers and names but no secrets').waitFor();
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toContain('the 1099th');
    await page.getByRole('button', { name: 'Read on' }).click();
    await expect.poll(() => steps(page).last().innerText()).toContain('the 1099th');
    expect(await end.count()).toBe(0);
    await page.context().close();
  });

  it('can be used by everybody, light and dark, on a phone too', async () => {
    const { page, complaints } = await look(await make('101', '104'));
    expect(await findingsInEachLook(page, () => steps(page).nth(2).click())).toEqual([]);
    await page.getByRole('button', { name: 'Put away' }).click();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("shows nothing of another account's", async () => {
    const id = await make('101', '486');
    const { key } = await stage.gateway.addAccount('Stranger');
    const { page } = await stage.open({ key });
    await page.goto(`/console/calls/${id}`);
    await page.getByText('There is no call of this id').waitFor();
    expect(await page.innerText('body')).not.toContain('486');
    await page.context().close();
  });
});
