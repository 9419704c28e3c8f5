import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readInline, readMarkdown } from './read-markdown.ts';

const root = join(import.meta.dirname, '../../..');

describe('readMarkdown', () => {
  it('reads headings, paragraphs, lists, code and tables', () => {
    const text = [
      '# One',
      '',
      'A paragraph that',
      'goes on.',
      '- first',
      '  of two lines',
      '- second',
      '',
      '1. **bold**',
      '',
      '   ```ini',
      '   [a]',
      '     b = c',
      '   ```',
      '| a | b |',
      '|---|---|',
      '| 1 | 2 |',
    ].join('\n');
    expect(readMarkdown(text)).toEqual([
      { kind: 'heading', level: 1, text: 'One' },
      { kind: 'paragraph', text: 'A paragraph that goes on.' },
      { kind: 'list', isOrdered: false, items: ['first of two lines', 'second'] },
      { kind: 'list', isOrdered: true, items: ['**bold**'] },
      { kind: 'code', language: 'ini', text: '[a]\n  b = c' },
      { kind: 'table', head: ['a', 'b'], rows: [['1', '2']] },
    ]);
  });

  it('reads what is in a line', () => {
    expect(readInline('a `b` **c** [d](#e) <f>')).toEqual([
      { kind: 'text', text: 'a ' },
      { kind: 'code', text: 'b' },
      { kind: 'text', text: ' ' },
      { kind: 'strong', text: 'c' },
      { kind: 'text', text: ' ' },
      { kind: 'link', text: 'd', href: '#e' },
      { kind: 'text', text: ' <f>' },
    ]);
  });

  it.each(globSync('src/pbx/**/*.md', { cwd: root }))('loses no word of %s', (file) => {
    const text = readFileSync(join(root, file), 'utf8').replace(/<!--[\s\S]*?-->/g, '');
    const read = readMarkdown(text).map((block) => JSON.stringify(block));
    const words = (from: string) => from.match(/[\p{L}\p{N}]{3,}/gu)?.length ?? 0;
    const kinds = readMarkdown(text).length;
    expect(kinds).toBeGreaterThan(0);
    const names = read
      .join(' ')
      .replace(
        /"(kind|level|text|language|isOrdered|items|head|rows)":("(heading|paragraph|code|list|table)")?/g,
        ' ',
      );
    expect(words(names.replace(/\\n/g, ' ').replace(/\b(true|false)\b/g, ' '))).toBeGreaterThanOrEqual(
      words(text.replace(/\b(true|false)\b/g, ' ')),
    );
  });
});
