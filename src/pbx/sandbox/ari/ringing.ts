/** From the order to the first ringing, in milliseconds. */
export const RING_DELAY_MS = 50;

export interface Ringing {
  readonly timeoutMs: number;
  /** The channel whose call this is the second leg of. */
  readonly originator: string | undefined;
  readonly answered: () => void;
  /** It came to nothing before the time was up. */
  readonly failed: () => void;
}
