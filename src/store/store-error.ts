/**
 * Why the store could not do something:
 * - `rejected`: the data clash with what is stored (an id in use, an unknown tenant); trying again is no use
 * - `busy`: another process held the database for too long
 * - `full`: no space is left on the disk
 * - `unavailable`: the database can't be reached, read or written at present
 * - `closed`: the store was closed
 *
 * `busy`, `full` and `unavailable` pass: the store works again when their reason is gone, without a restart.
 */
export type StoreFault = 'rejected' | 'busy' | 'full' | 'unavailable' | 'closed';

/** An error of the store. `message` is a sentence for the operator and holds the database's own words. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly fault: StoreFault;

  constructor(fault: StoreFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
  }
}
