import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axeFindings } from './axe.ts';
import { startStage, type Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage[Symbol.asyncDispose]());

describe('what goes wrong is said', () => {
  it.each(['enter', 'confirm', 'reset', 'invitation'])(
    'by /%s of a link that lost its end, instead of a form that would come to nothing',
    async (door) => {
      const { page, complaints } = await stage.open();
      await page.goto(`/console/${door}#tooShort`);
      await page.getByRole('alert').getByText('This link is not whole.').waitFor();
      expect(await page.getByRole('textbox').count()).toBe(0);
      expect(await axeFindings(page)).toEqual([]);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );

  it('on top of a form, where it is about something that the form has no field for', async () => {
    const { page, complaints } = await stage.open({ key: stage.gateway.key });
    await page.goto('/console/keys');
    await page.getByRole('button', { name: 'Make a key' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('What it may do').click();
    for (const right of await dialog.getByRole('checkbox').all())
      await right.setChecked(false, { force: true });
    await dialog.getByRole('button', { name: 'Make it' }).click();
    await dialog
      .getByRole('alert')
      .getByText(/scopes can not be/)
      .waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
