import { encodePathValue, xmlText } from './encode.ts';

/** A secret in every form that it takes in a request, longest first, so that none leaves a rest behind. */
export function maskedForms(secrets: Iterable<string>): readonly string[] {
  const forms = [...secrets].filter((secret) => secret !== '').flatMap(formsOf);
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

export function hide(text: string, forms: readonly string[]): string {
  return forms.reduce((shown, form) => shown.replaceAll(form, '***'), text);
}

function formsOf(secret: string): string[] {
  const written = [
    () => encodePathValue(secret),
    () => encodeURIComponent(secret),
    () => new URLSearchParams([['', secret]]).toString().slice(1),
    () => JSON.stringify(secret).slice(1, -1),
    () => xmlText(secret),
  ].flatMap((write) => {
    try {
      return [write()];
    } catch {
      // What can't be written so was never sent so.
      return [];
    }
  });
  return [secret, ...written];
}
