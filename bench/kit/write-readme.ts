import { readFile, writeFile } from 'node:fs/promises';

const README = new URL('../README.md', import.meta.url);
const BEGIN = '<!-- the last run -->';
const END = '<!-- its end -->';

/** Puts the table of a run in the place of the one before. */
export async function writeReadme(printed: string): Promise<void> {
  const text = await readFile(README, 'utf8');
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin)
    throw new Error(`bench/README.md has no place for a table between ${BEGIN} and ${END}.`);
  await writeFile(README, `${text.slice(0, begin)}${BEGIN}\n\n${printed}\n\n${text.slice(end)}`);
}
