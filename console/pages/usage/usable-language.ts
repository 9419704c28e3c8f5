/**
 * Gives `navigator.language` a value that Intl takes, where it has none: a Chromium in the locale C says `en-US@posix`, of which
 * uPlot makes a format of numbers while it is loaded, and throws.
 */
export function mendLanguage(browser: { readonly language: string }): void {
  const usable = usableLanguage(browser.language);
  if (usable !== browser.language)
    Object.defineProperty(browser, 'language', { value: usable, configurable: true });
}

/** The same language as Intl writes it: without an encoding or a variant of POSIX. English, where that is none either. */
export function usableLanguage(said: string): string {
  const plain = said.replace(/[.@].*$/, '').replaceAll('_', '-');
  return [said, plain].find(isUsable) ?? 'en';
}

function isUsable(language: string): boolean {
  try {
    return Intl.getCanonicalLocales(language).length === 1;
  } catch {
    return false;
  }
}
