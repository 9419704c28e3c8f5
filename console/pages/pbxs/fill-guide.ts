import type { Typed } from './settings-of.ts';

interface Filled {
  /** The account's name for the PBX. */
  readonly name: string;
  readonly account: string;
  readonly typed: Typed;
  /** Where this console is: as a rule where the PBX sees us. */
  readonly here: string;
}

const SECRETS = ['secret', 'password', 'client_secret'];

/** A guide with what was typed in the places that are to be filled in, so that it can be pasted. */
export function fillGuide(guide: string, { name, account, typed, here }: Filled): string {
  const secret = SECRETS.map((each) => typed[each] ?? '').find((text) => text !== '');
  const user = typed['username'] ?? '';
  const replacements: readonly (readonly [RegExp, string | undefined])[] = [
    [/<a long random text(?:, not ClueCon)?>/g, secret],
    [/<the address of Click-2-Call>/g, /^[\d.]+$/.test(here) ? here : undefined],
    [/pbx\.example\.net/g, typed['host']],
    [/--account acme/g, `--account ${account}`],
    [/--name main/g, name === '' ? undefined : `--name ${/^[\w.-]+$/.test(name) ? name : `"${name}"`}`],
    [/(?<=^\[)click2call(?=\])/gm, user],
    [/(?<=username=)click2call/g, user],
  ];
  // As a function: a `$` in what was typed is no reference.
  return replacements.reduce(
    (text, [place, value]) => (value === undefined || value === '' ? text : text.replace(place, () => value)),
    guide,
  );
}
