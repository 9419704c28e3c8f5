import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMailServer, type MailServer } from '../mail-server.ts';
import { axeFindings, findingsInBothLights } from './axe.ts';
import { ANN, enter, goTo, logIn, signUp } from './sign-up.ts';
import { startStage, type Stage } from './stage.ts';

/** What links in letters begin with: here it leads nowhere, and a proxy would lead it to the server. */
const PUBLIC = 'https://calls.example.net';

let mail: MailServer;
let stage: Stage;
beforeAll(async () => {
  mail = await startMailServer();
  const environment = {
    C2C_SMTP_URL: mail.url,
    C2C_MAIL_FROM: 'Click-2-Call <calls@example.net>',
    C2C_PUBLIC_URL: PUBLIC,
  };
  stage = await startStage('open', { environment });
});
afterAll(async () => {
  await stage[Symbol.asyncDispose]();
  await mail[Symbol.asyncDispose]();
});

/** Where the links to a page lead that somebody has been sent so far, the oldest first. */
function linksTo(email: string, page: string): readonly string[] {
  const link = new RegExp(`${PUBLIC}(/console/${page}#[\\w-]{43})`);
  return mail.letters
    .filter(({ to }) => to.includes(email))
    .flatMap(({ text }) => link.exec(text)?.slice(1, 2) ?? []);
}

/** The link of the letter that comes. @param nth the first one, or a later one */
async function linkTo(email: string, page: string, nth = 1): Promise<string> {
  await expect.poll(() => linksTo(email, page).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(nth);
  return linksTo(email, page)[nth - 1] ?? '';
}

async function confirm(page: Page, email: string): Promise<void> {
  await page.goto(await linkTo(email, 'confirm'));
  await page.getByText('Thank you: it is confirmed.').waitFor();
  await page.getByRole('link', { name: 'To the console' }).click();
  await page.getByRole('heading', { name: 'Start', exact: true }).waitFor();
}

function places(page: Page): Promise<readonly string[]> {
  return page.getByRole('navigation', { name: 'Console' }).getByRole('link').allInnerTexts();
}

describe('where e-mail goes out', () => {
  it('a sign-up is said to wait for its letter, also sent again, and its link opens all the rest', async () => {
    const person = { ...ANN, email: 'confirm@archer.example' };
    const { page, complaints } = await stage.open();
    await signUp(page, person);
    await page.getByText(`A letter is on its way to ${person.email}.`).waitFor();
    await page.getByRole('link', { name: 'Go on' }).click();
    const waits = page.getByText(`A letter is on its way to ${person.email}: open its link`);
    await waits.waitFor();
    expect(await findingsInBothLights(page)).toEqual([]);
    // The box can be tried at once.
    await page.getByRole('button', { name: 'Call 102 from 101' }).click();
    await page.getByRole('region', { name: 'Call from 101 to 102' }).getByText('Both talk').waitFor();
    expect(await places(page)).not.toContain('Keys');
    const refused = await page.context().newPage();
    await refused.goto('/console/keys');
    await refused.getByText('which the role owner has not before the e-mail is confirmed').waitFor();
    await refused.getByRole('button', { name: 'Send it again' }).waitFor();
    expect(await axeFindings(refused)).toEqual([]);

    await page.getByRole('button', { name: 'Send it again' }).click();
    await page.getByText('Another letter is on its way.').waitFor();
    await refused.goto(await linkTo(person.email, 'confirm', 2));
    await refused.getByText('Thank you: it is confirmed.').waitFor();
    // A link is good once, and where it is opened again that is said.
    await refused.goto(await linkTo(person.email, 'confirm', 2));
    await refused.getByRole('alert').waitFor();
    // Back at the page that waited, it waits no more.
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))");
    await waits.waitFor({ state: 'detached' });
    await goTo(page, 'Keys');
    await page.getByRole('heading', { name: 'Keys', exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('a forgotten password is set anew by a link, which ends what was open and the password of before', async () => {
    const person = { ...ANN, email: 'forgot@archer.example' };
    const before = await stage.open();
    await enter(before.page, person);

    const { page, complaints } = await stage.open();
    await page.goto('/console/login');
    await page.getByRole('link', { name: 'Forgot the password?' }).click();
    await page.getByLabel('E-mail').fill(person.email);
    await page.getByRole('button', { name: 'Send me a link' }).click();
    await page.getByText('If somebody has this e-mail, a link is on its way.').waitFor();
    expect(await findingsInBothLights(page)).toEqual([]);
    const link = await linkTo(person.email, 'reset');
    await page.goto(link);
    const password = page.getByLabel('Password');
    await password.fill('Password123');
    await page.getByRole('button', { name: 'Set it' }).click();
    await expect.poll(() => page.getByText('At least 10 characters').isVisible()).toBe(true);
    await page.locator('.field-error').waitFor();
    expect(await findingsInBothLights(page)).toEqual([]);
    await password.fill('a password that is new');
    await page.getByRole('button', { name: 'Set it' }).click();
    await page.getByText('The password is set.').waitFor();

    await goTo(before.page, 'Calls');
    await before.page.getByRole('heading', { name: 'Log in' }).waitFor();
    await page.getByRole('link', { name: 'Log in with it' }).click();
    await logIn(page, person);
    await page.getByRole('alert').waitFor();
    await logIn(page, { ...person, password: 'a password that is new' });
    await page.getByRole('heading', { name: 'Start', exact: true }).waitFor();
    // Who has read the letter has the address.
    expect(await places(page)).toContain('Keys');
    await page.goto(link);
    await page.getByLabel('Password').fill('another one, by the same link');
    await page.getByRole('button', { name: 'Set it' }).click();
    await page.getByRole('alert').waitFor();
    expect([...complaints, ...before.complaints]).toEqual([]);
    await before.page.context().close();
    await page.context().close();
  });

  it('an invitation comes by a letter, and whom it was for has the role that it said', async () => {
    const person = { ...ANN, email: 'boss@archer.example' };
    const { page, complaints } = await stage.open();
    await enter(page, person);
    await confirm(page, person.email);
    await goTo(page, 'People');
    await page.getByRole('button', { name: 'Invite somebody' }).click();
    await page.getByLabel('E-mail').fill('vera@archer.example');
    await page.getByRole('dialog').getByRole('button', { name: 'Role' }).click();
    await page.getByRole('option', { name: 'Viewer' }).click();
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await page.getByText('A letter is on its way to vera@archer.example.').waitFor();
    expect(await findingsInBothLights(page)).toEqual([]);
    await page.getByRole('button', { name: 'Good' }).click();
    const invited = page.getByRole('table', { name: 'Invitations' });
    await invited.getByText('vera@archer.example').waitFor();

    const vera = await stage.open();
    await vera.page.goto(await linkTo('vera@archer.example', 'invitation'));
    await vera.page.getByLabel('Your name').fill('Vera Viewer');
    await vera.page.getByLabel('E-mail').fill('vera@archer.example');
    await vera.page.getByLabel('Password').fill('words of her own, and 3');
    await vera.page.getByRole('button', { name: 'Join' }).click();
    await vera.page.getByRole('heading', { name: 'Start', exact: true }).waitFor();
    // What she may not do is not offered.
    await expect.poll(() => vera.page.locator('.loading').count()).toBe(0);
    expect(await vera.page.getByRole('button', { name: 'Call 102 from 101' }).count()).toBe(0);
    expect(await places(vera.page)).toEqual(['Start', 'Calls', 'Usage', 'PBXs', 'Dial policy', 'You']);

    await page.reload();
    const row = page
      .getByRole('table', { name: 'People' })
      .getByRole('row')
      .filter({ hasText: 'Vera Viewer' });
    await expect
      .poll(() => row.getByRole('button', { name: 'Role of Vera Viewer' }).innerText())
      .toContain('Viewer');
    expect(await invited.count()).toBe(0);
    expect([...complaints, ...vera.complaints]).toEqual([]);
    await vera.page.context().close();
    await page.context().close();
  });
});
