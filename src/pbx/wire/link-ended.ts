import type { Frame } from '../contract.ts';

/** The link went away, or no reply came in time. `sent` is what may have arrived; undefined: nothing was sent. */
export class NoReply extends Error {
  override readonly name = 'NoReply';
  readonly sent: Frame | undefined;

  constructor(message: string, sent: Frame | undefined) {
    super(message);
    this.sent = sent;
  }
}

/** What came is not the protocol, or more of it than any real message has. The connection is of no use any more. */
export class ProtocolFault extends Error {
  override readonly name = 'ProtocolFault';
}
