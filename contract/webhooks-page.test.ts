import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { EVENT_TYPES } from './call-words.ts';

const page = readFileSync(join(import.meta.dirname, '../docs/webhooks.md'), 'utf8');

it('docs/webhooks.md says of every type of event when it is told, and of nothing else', () => {
  const rows = [...page.matchAll(/^\| `(call\.\w+)` *\| (.+?) *\|$/gm)].map(([, type, when]) => [type, when]);
  expect(rows).toEqual(Object.entries(EVENT_TYPES));
});
