import type { JournalEntry } from '../../../contract/v3/journal.ts';

/** Stands where the key was. */
const KEY = '$C2C_KEY';

/** The request of a call as a line for a shell, with a placeholder for the key; undefined where none is known. */
export function asCurl(entries: readonly JournalEntry[]): string | undefined {
  const request = entries.find(({ kind }) => kind === 'request');
  if (request === undefined) return undefined;
  const { method, url, data } = request.data as Readonly<Record<string, unknown>>;
  if (method === 'CLI') return String(url);
  if (method !== 'POST') return `curl ${quoted(withKey(String(url)))}`;
  return [
    `curl ${quoted(withKey(String(url)))}`,
    ...(String(url).includes('/v3/') ? [`-H "Authorization: Bearer ${KEY}"`] : []),
    "-H 'Content-Type: application/json'",
    `-d ${quoted(withKey(JSON.stringify(data)))}`,
  ].join(' \\\n  ');
}

/** Keys are masked in the journal. */
function withKey(text: string): string {
  return text.replace(/(api_key=|"api_key":")[^&"]*/gi, `$1${KEY}`);
}

/** A shell takes what stands in single quotes as it is, but for the placeholder it is to fill in. */
function quoted(text: string): string {
  const escaped = text.replaceAll("'", String.raw`'\''`);
  return `'${escaped.replaceAll(KEY, `'"${KEY}"'`)}'`;
}
