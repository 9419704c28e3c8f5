import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './command.ts';

/** Where this machine already gets its Debian packages. */
export interface DebianMirror {
  readonly uri: string;
  /** The keyring its packages are signed with, or null where apt's own default is used. */
  readonly keyring: string | null;
}

/**
 * Reads the Debian mirror from the machine's own apt sources, so that no host is named here and a machine behind a mirror
 * of its own keeps using it.
 *
 * @throws Error when the machine has no apt, or no Debian among its sources
 */
export async function debianMirror(): Promise<DebianMirror> {
  const mirrors = await allMirrors();
  const plain = mirrors.find((mirror) => /\/debian\/?$/.test(mirror.uri));
  const signed = mirrors.find(
    (mirror) =>
      mirror.keyring?.includes('debian-archive-keyring') === true && !mirror.uri.includes('security'),
  );
  const found = plain ?? signed;
  if (found !== undefined) return found;
  const seen = mirrors.map((mirror) => mirror.uri).join(', ') || 'none';
  throw new Error(
    `No Debian mirror among this machine's apt sources (${seen}): add one whose address ends in /debian.`,
  );
}

async function allMirrors(): Promise<DebianMirror[]> {
  // apt itself knows where its sources are: nothing is assumed about the machine.
  const shell = await run(
    ['apt-config'],
    ['shell', 'LIST', 'Dir::Etc::sourcelist/f', 'PARTS', 'Dir::Etc::sourceparts/d'],
  );
  const list = /^LIST='(.*)'$/m.exec(shell)?.[1] ?? '';
  const parts = /^PARTS='(.*)'$/m.exec(shell)?.[1] ?? '';
  const names = await readdir(parts).catch(() => []);
  const files = [list, ...names.map((name) => join(parts, name))];
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
  return files.flatMap((file, index) => {
    const text = texts[index] ?? '';
    if (file.endsWith('.list')) return parseList(text);
    return file.endsWith('.sources') ? parseSources(text) : [];
  });
}

/**
 * Reads the one-line format: `deb [signed-by=/a/keyring.gpg arch=amd64] https://mirror/debian bookworm main`.
 *
 * @returns the mirrors in the order of the text
 */
export function parseList(text: string): DebianMirror[] {
  return [...text.matchAll(/^deb\s+(?:\[([^\]]*)\]\s+)?(\S+)/gm)].map(([, settings = '', uri = '']) => ({
    uri,
    keyring: /signed-by=(\/[^\s,]+)/i.exec(settings)?.[1] ?? null,
  }));
}

/**
 * Reads the deb822 format: paragraphs of `Name: value`, parted by blank lines.
 *
 * @returns the mirrors in the order of the text, without the paragraphs that are switched off
 */
export function parseSources(text: string): DebianMirror[] {
  const paragraphs = text.replaceAll(/^#.*\n?/gm, '').split(/\n\s*\n/);
  return paragraphs.flatMap((paragraph) => {
    const field = (name: string): string =>
      new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(paragraph)?.[1]?.trim() ?? '';
    if (!/\bdeb\b/.test(field('Types')) || /^(no|false|0)$/i.test(field('Enabled'))) return [];
    // A key may also stand in the paragraph itself: then apt's default keyring has to do.
    const keyring = /^\/\S+/.exec(field('Signed-By'))?.[0] ?? null;
    return field('URIs')
      .split(/\s+/)
      .filter((uri) => uri !== '')
      .map((uri) => ({ uri, keyring }));
  });
}
