/** What our guides are made of: the Markdown that is written in this repository, and no more of it. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'list'; readonly isOrdered: boolean; readonly items: readonly string[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

export type Inline =
  | { readonly kind: 'text' | 'code' | 'strong'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

const ITEM = /^(?:[-*]|\d+\.) +/;

/** The blocks of a text, in their order. What is none of them is a paragraph. */
export function readMarkdown(markdown: string): readonly Block[] {
  const lines = markdown.replace(/<!--[\s\S]*?-->/g, '').split('\n');
  const blocks: Block[] = [];
  while (lines.length > 0) {
    const line = lines[0] ?? '';
    if (line.trim() === '') lines.shift();
    else if (line.trimStart().startsWith('```')) blocks.push(takeCode(lines));
    else if (line.startsWith('#')) blocks.push(headingOf(lines.shift() ?? ''));
    else if (line.startsWith('|')) blocks.push(takeTable(lines));
    else if (ITEM.test(line)) blocks.push(takeList(lines));
    else blocks.push({ kind: 'paragraph', text: takeProse(lines) });
  }
  return blocks;
}

function takeWhile(lines: string[], is: (line: string) => boolean): string[] {
  const end = lines.findIndex((line) => !is(line));
  return lines.splice(0, end < 0 ? lines.length : end);
}

function takeCode(lines: string[]): Block {
  const fence = lines.shift() ?? '';
  const indent = fence.length - fence.trimStart().length;
  const text = takeWhile(lines, (line) => line.trim() !== '```').map((line) => line.slice(indent));
  lines.shift();
  return { kind: 'code', language: fence.trim().slice(3), text: text.join('\n') };
}

function headingOf(line: string): Block {
  const [, marks = '#', text = ''] = /^(#+) *(.*)$/.exec(line) ?? [];
  return { kind: 'heading', level: marks.length, text };
}

function takeTable(lines: string[]): Block {
  const rows = takeWhile(lines, (line) => line.startsWith('|')).map((line) =>
    line
      .replace(/^\||\|\s*$/g, '')
      .split('|')
      .map((cell) => cell.trim()),
  );
  return { kind: 'table', head: rows[0] ?? [], rows: rows.slice(2) };
}

function takeList(lines: string[]): Block {
  const isOrdered = /^\d/.test(lines[0] ?? '');
  const items: string[] = [];
  while (ITEM.test(lines[0] ?? '')) items.push(takeProse(lines).replace(ITEM, ''));
  return { kind: 'list', isOrdered, items };
}

/** A line, and those that go on with it. */
function takeProse(lines: string[]): string {
  const first = lines.shift() ?? '';
  const more = takeWhile(
    lines,
    (line) => line.trim() !== '' && !ITEM.test(line) && !/^(#|\||\s*```)/.test(line),
  );
  return [first, ...more].map((line) => line.trim()).join(' ');
}

const INLINE = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\(([^)\s]+)\)/g;

/** The parts of a line. */
export function readInline(text: string): readonly Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, code, strong, linkText, href] = match;
    if (match.index > from) parts.push({ kind: 'text', text: text.slice(from, match.index) });
    if (code !== undefined) parts.push({ kind: 'code', text: code });
    else if (strong !== undefined) parts.push({ kind: 'strong', text: strong });
    else parts.push({ kind: 'link', text: linkText ?? '', href: href ?? '' });
    from = match.index + whole.length;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
  return parts;
}
