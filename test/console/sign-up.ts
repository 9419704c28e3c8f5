import type { Page } from 'playwright-core';

export const ANN = { name: 'Ann Archer', email: 'ann@archer.example', password: 'a few words and 1 more' };

/** Signs up, as far as the page that shows the key. */
export async function signUp(page: Page, person = ANN): Promise<void> {
  await page.goto('/console/signup');
  await page.getByLabel('Your name').fill(person.name);
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByLabel('Company').fill(`${person.name} Ltd`);
  await page.getByRole('button', { name: 'Sign up' }).click();
  await page.getByRole('heading', { name: 'Your key' }).waitFor();
}

/** Signs up and goes on to the console; the session is the browser's from then on. @returns the key that was shown */
export async function enter(page: Page, person = ANN): Promise<string> {
  await signUp(page, person);
  const key = await page.getByRole('figure', { name: 'The key' }).locator('pre').innerText();
  await page.getByRole('link', { name: 'Go on' }).click();
  await page.getByRole('heading', { name: 'Start', exact: true }).waitFor();
  return key;
}

/** Fills in the log-in that is open, and sends it. */
export async function logIn(page: Page, { email, password }: Omit<typeof ANN, 'name'>): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}

/** Goes to a place by the navigation. */
export async function goTo(page: Page, place: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Console' })
    .getByRole('link', { name: place, exact: true })
    .click();
}
