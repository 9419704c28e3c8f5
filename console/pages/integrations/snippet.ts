import { countOf } from '../../parts/count-of.ts';

/** What was typed for the button of a web page; empty: the visitor is asked, or it is as it is by itself. */
export interface AskedWidget {
  readonly key: string;
  readonly from: string;
  readonly number: string;
  readonly label: string;
}

/** The attributes that are given, in the order in which people read them. */
export function attributesOf({ key, from, number }: AskedWidget): readonly (readonly [string, string])[] {
  const all = [
    ['from', from.trim()],
    ['number', number.trim()],
    ['key', key.trim()],
  ] as const;
  return all.filter(([, value]) => value !== '');
}

/** The HTML to paste into a page. */
export function snippetOf(origin: string, asked: AskedWidget): string {
  const attributes = attributesOf({ ...asked, key: asked.key || 'c2c_pub_…' });
  const written = attributes.map(([name, value]) => ` ${name}="${escape(value)}"`).join('');
  return [
    `<script type="module" src="${origin}/widget/v1.js"></script>`,
    `<click-2-call${written}>${escape(asked.label)}</click-2-call>`,
  ].join('\n');
}

/** As `POST /v3/keys` takes it: a key for this button on these pages, and for nothing else. */
export function keyFor(
  { from, number }: AskedWidget,
  origins: string,
  perMinute: string,
  console: string,
): Readonly<Record<string, unknown>> {
  const given = origins.split(/[\s,;]+/).filter(Boolean);
  return {
    kind: 'publishable',
    label: 'Web page',
    // The console's own page shows the button too.
    ...(given.length > 0 && { allow_origin: [...new Set([...given, console])] }),
    ...(from.trim() !== '' && { allow_first: [from.trim()] }),
    ...(number.trim() !== '' && { allow_to: [number.trim()] }),
    ...(perMinute.trim() !== '' && { per_minute: countOf(perMinute), at_once: countOf(perMinute) }),
  };
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}
