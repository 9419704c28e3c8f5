import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findEndpoint } from './endpoints.ts';
import { dialplanHas, findNumber, NUMBERS, numbersTable } from './numbers.ts';

const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');

/** The cells of a Markdown table, without its padding. */
function cells(table: string): string[][] {
  return table
    .trim()
    .split('\n')
    .filter((line) => !/^\|[\s|-]+$/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));
}

describe('the numbers', () => {
  it('stand in the README as they are', () => {
    const written = /<!-- numbers:[^]*?-->([^]*?)<!-- \/numbers -->/.exec(readme)?.[1] ?? '';
    expect(cells(written)).toEqual(cells(numbersTable()));
  });

  it('are few enough to remember', () => {
    expect(NUMBERS.length).toBeLessThanOrEqual(20);
  });

  it('match one row each', () => {
    const numbers = ['101', '105', '106', '109', '201', '12125551234', '403', '445', '480', '504', '603'];
    for (const number of numbers) expect(NUMBERS.filter((row) => row.matches.test(number))).toHaveLength(1);
    for (const number of ['', '100', '404', '1012', '+12125551234', '11125551234', '101\n']) {
      expect(findNumber(number)).toBeUndefined();
    }
  });

  it('are extensions of the PBX, but for the outside ones', () => {
    expect(findEndpoint('101')).toEqual({
      id: '101',
      name: 'Alice',
      context: 'internal',
      accountCode: '101',
    });
    expect(findEndpoint('201')?.context).toBe('longdistance');
    expect(findEndpoint('486')?.context).toBe('internal');
    expect(findEndpoint('12125551234')).toBeUndefined();
  });

  it('may be dialled from the contexts that know them', () => {
    expect(dialplanHas('internal', '201')).toBe(true);
    expect(dialplanHas('longdistance', '101')).toBe(true);
    expect(dialplanHas('internal', '12125551234')).toBe(false);
    expect(dialplanHas('other', '101')).toBe(false);
  });
});
