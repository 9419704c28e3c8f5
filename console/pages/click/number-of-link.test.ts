import { expect, it } from 'vitest';
import { numberOfLink } from './number-of-link.ts';

it.each([
  ['tel:+1-555-0123;ext=7', '+1-555-0123'],
  ['TEL:101', '101'],
  ['web+tel:*98', '*98'],
  [' +49 30 1234 ', '+49 30 1234'],
  ['101', '101'],
])('takes the number out of %s', (link, number) => {
  expect(numberOfLink(link)).toBe(number);
});
