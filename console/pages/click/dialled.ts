/** What stands in the dialler, as it was typed. */
export interface Dialled {
  readonly first: string;
  readonly second: string;
  readonly dialAs: string;
  readonly timeout: string;
  readonly pbx: string;
}

/** The same as `/v3/calls` takes it; what was left empty is left out. */
export function askOf({ first, second, dialAs, timeout, pbx }: Dialled): Readonly<Record<string, unknown>> {
  const fields = {
    dial_first: first.trim(),
    dial_second: second.trim(),
    dial_as: dialAs.trim(),
    timeout: /^\d+$/.test(timeout.trim()) ? Number(timeout) : timeout.trim(),
    pbx,
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

const KEPT = 'click2call.first';

/** One's own phone is the same from day to day. */
export function keptFirst(): string {
  return localStorage.getItem(KEPT) ?? '';
}

export function keepFirst(number: string): void {
  localStorage.setItem(KEPT, number.trim());
}
