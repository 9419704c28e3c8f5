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
});
