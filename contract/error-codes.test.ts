import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERROR_CODES, RETIRED_CODES } from './error-codes.ts';

const page = readFileSync(join(import.meta.dirname, '../docs/errors.md'), 'utf8');

/** The rows of the page's table: status, code, meaning. */
const rows = [...page.matchAll(/^\| `([a-z_]+)` *\| (\d{3}) *\| (.+?) *\|/gm)].map(
  ([, code, status, says]) => ({ code, status: Number(status), says }),
);

describe('docs/errors.md', () => {
  it('says of every code its status and what it means, and of nothing else', () => {
    const catalogue = Object.entries(ERROR_CODES).map(([code, { status, says }]) => ({ code, status, says }));
    expect(rows.toSorted(byCode)).toEqual(catalogue.toSorted(byCode));
  });

  it('uses no code again that was retired', () => {
    expect(Object.keys(ERROR_CODES).filter((code) => RETIRED_CODES.includes(code))).toEqual([]);
  });
});

function byCode(
  a: { readonly code?: string | undefined },
  b: { readonly code?: string | undefined },
): number {
  return (a.code ?? '').localeCompare(b.code ?? '');
}
