import { Problem } from './problem.ts';

/** Where a list goes on, as it goes out and comes back: nobody is to build on what it holds. */
export function cursorOf(place: string): string {
  return Buffer.from(place).toString('base64url');
}

/**
 * The place that a cursor means; undefined without one.
 * @param form what a place of this list looks like
 * @throws Problem
 */
export function placeOf(cursor: string | undefined, form: RegExp): string | undefined {
  if (cursor === undefined) return undefined;
  const place = Buffer.from(cursor, 'base64url').toString();
  if (form.test(place)) return place;
  const detail = 'cursor is none of this list; give the next of one of its pages, as it is.';
  throw new Problem('parameter_invalid', detail, {
    errors: [{ field: 'cursor', code: 'parameter_invalid', detail }],
  });
}

/**
 * One page of what was read.
 * @param read up to one item more than the page holds: so it is known whether there are more
 */
export function pageOf<Read, Item>(
  read: readonly Read[],
  limit: number,
  { present, place }: { readonly present: (each: Read) => Item; readonly place: (last: Read) => string },
): { readonly items: Item[]; readonly next: string | null } {
  const shown = read.slice(0, limit);
  const last = shown.at(-1);
  const next = read.length > limit && last !== undefined ? cursorOf(place(last)) : null;
  return { items: shown.map(present), next };
}
