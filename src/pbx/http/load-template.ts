import { readFileSync, statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { suggest } from '../../kit/suggest.ts';
import { COMMON_SETTINGS } from './common-settings.ts';
import { FOLLOW_SETTINGS } from './follow-settings.ts';
import { readTemplate, type TemplateReading } from './read-template.ts';
import { READY_MADE } from './ready-made.ts';

const FILE_BYTES_MAX = 64 * 1024;

/**
 * The template of that name, or out of that file. A file is read anew each time: it is small, and it is asked for when
 * settings are read or a session is opened. Nothing of its contents stands in a problem, because it may be another file
 * than a template.
 */
export function loadTemplate(given: string): TemplateReading {
  const ready = Object.hasOwn(READY_MADE, given) ? READY_MADE[given] : undefined;
  if (ready !== undefined) return { ok: true, template: ready.template };
  if (!isFile(given)) return problem(unknownName(given));
  if (!isAbsolute(given) || !given.endsWith('.json'))
    return problem('template: give a file by its whole path from / on, ending in .json.');
  const json = readJson(given);
  if (!json.ok) return problem(`template: ${given} ${json.problem}.`);
  const reading = readTemplate(
    json.value,
    [...COMMON_SETTINGS, ...FOLLOW_SETTINGS].map(({ name }) => name),
  );
  if (reading.ok) return reading;
  return { ok: false, problems: reading.problems.map((each) => `template: in ${given}, ${each}`) };
}

/** Whether it means a file, and not a ready-made template. */
export function isFile(given: string): boolean {
  return given.includes('/');
}

function problem(text: string): TemplateReading {
  return { ok: false, problems: [text] };
}

function unknownName(given: string): string {
  const names = Object.keys(READY_MADE);
  const meant = suggest(given, names);
  const shown = JSON.stringify(given.slice(0, 60));
  return (
    `template: there is no ready-made template ${shown}; ` +
    (meant === undefined
      ? `there are ${names.join(', ')}, or give the whole path of a .json file.`
      : `did you mean ${meant}?`)
  );
}

type JsonReading =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: string };

function readJson(path: string): JsonReading {
  let text: string;
  try {
    const stats = statSync(path);
    if (!stats.isFile()) return { ok: false, problem: 'is no file' };
    if (stats.size > FILE_BYTES_MAX) return { ok: false, problem: `is over ${FILE_BYTES_MAX} bytes` };
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { ok: false, problem: code === 'ENOENT' ? 'is not there' : `can not be read (${code})` };
  }
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return { ok: false, problem: 'is no JSON' };
  }
}
