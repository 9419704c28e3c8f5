import type { KeyStore } from '../../access/ports.ts';
import type { Directory } from '../../directory/directory.ts';
import type { Clock } from '../../kit/clock.ts';

/** What the handlers of `/v3` work with. */
export interface V3Deps {
  readonly keys: KeyStore;
  readonly directory: Directory;
  readonly clock: Clock;
  /** Aborted when the server begins to close: whoever waits or streams ends then, and nobody waits for them. */
  readonly closing: AbortSignal;
}
