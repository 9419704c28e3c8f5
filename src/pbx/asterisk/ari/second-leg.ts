/** What is to be done when the first leg has answered. It travels in the first channel itself, as Stasis arguments. */
export interface SecondLeg {
  /** `Local/102@internal/n` */
  readonly endpoint: string;
  /** How long it may ring. */
  readonly seconds: number;
  /** Who calls, as the second phone shows it: `"Boss" <+12125550100>`. */
  readonly caller: string;
  /** Who was called, as the first phone goes on showing it. */
  readonly called: string;
  /** Empty: none. */
  readonly account: string;
}

const ENDPOINT = /^[A-Za-z0-9]+\/[A-Za-z0-9@_.:+*#/-]{1,200}$/;
const SECONDS = /^[1-9]\d{0,3}$/;
const TEXT_MAX = 1_000;

/**
 * The leg as one Stasis argument. Asterisk splits arguments at commas and minds quotes, brackets and backslashes; the
 * form of a URL's query has none of these, and stays readable in `core show channels`.
 */
export function encodeSecondLeg({ endpoint, seconds, caller, called, account }: SecondLeg): string {
  return new URLSearchParams({ endpoint, seconds: String(seconds), caller, called, account }).toString();
}

/** Reads what an event says that the arguments are; undefined: not ours, or not whole. */
export function decodeSecondLeg(argument: string): SecondLeg | undefined {
  const fields = new URLSearchParams(argument);
  const text = (name: string) => fields.get(name) ?? '';
  const [endpoint, seconds] = [text('endpoint'), text('seconds')];
  const [caller, called, account] = [text('caller'), text('called'), text('account')];
  if (!ENDPOINT.test(endpoint) || !SECONDS.test(seconds)) return undefined;
  if ([caller, called, account].some((value) => value.length > TEXT_MAX || /\p{Cc}/u.test(value)))
    return undefined;
  return { endpoint, seconds: Number(seconds), caller, called, account };
}
