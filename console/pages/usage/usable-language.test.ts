import { expect, it } from 'vitest';
import { mendLanguage, usableLanguage } from './usable-language.ts';

it.each([
  ['de-AT', 'de-AT'],
  ['en-US@posix', 'en-US'],
  ['de_DE.UTF-8@euro', 'de-DE'],
  ['C', 'en'],
  ['', 'en'],
])('of a browser that says %j the language is %s, which Intl takes', (said, language) => {
  expect(usableLanguage(said)).toBe(language);
  expect(() => new Intl.NumberFormat(language)).not.toThrow();
});

it('is what the browser says from then on, and is left alone where it was right', () => {
  const posix = Object.create({ language: 'en-US@posix' }) as { readonly language: string };
  mendLanguage(posix);
  expect(posix.language).toBe('en-US');
  const austrian = Object.freeze({ language: 'de-AT' });
  mendLanguage(austrian);
  expect(austrian.language).toBe('de-AT');
});
