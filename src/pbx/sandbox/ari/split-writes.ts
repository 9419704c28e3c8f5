import type { Socket } from 'node:net';

/** Makes a socket send everything in pieces of so many bytes, each in a packet of its own. */
export function splitWrites(socket: Socket, bytes: number): void {
  const write = socket.write.bind(socket);
  let sending = Promise.resolve();
  const send = (piece: Buffer) =>
    new Promise<void>((resolve) => {
      if (socket.destroyed) resolve();
      else write(piece, () => resolve());
    });
  socket.setNoDelay(true);
  // A corked socket would send the pieces together.
  socket.cork = () => undefined;
  socket.write = (data: Uint8Array | string, encoding?: unknown, done?: unknown): boolean => {
    const whole = Buffer.from(data as string, typeof encoding === 'string' ? (encoding as 'utf8') : 'utf8');
    const then = [encoding, done].find((each) => typeof each === 'function') as (() => void) | undefined;
    for (let at = 0; at < whole.length; at += bytes) {
      const piece = whole.subarray(at, at + bytes);
      sending = sending.then(() => send(piece));
    }
    if (then !== undefined) sending = sending.then(then);
    return true;
  };
}
