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
