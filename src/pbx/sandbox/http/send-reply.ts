import type { ServerResponse } from 'node:http';
import type { HttpFaults } from './faults.ts';
import type { Reply } from './vendor.ts';

/** Sends an answer, with what is wrong with it. `order`: it is the answer to an order that was carried out. */
export function sendReply(response: ServerResponse, reply: Reply, faults: HttpFaults, order = false): void {
  const body = Buffer.from(reply.body);
  const isCut = order && faults.cutMidAnswer === true;
  const huge = order ? (faults.hugeAnswer ?? 0) : 0;
  const inPieces = faults.splitBytes !== undefined;
  for (let i = 0; i < (faults.floodHeaders ?? 0); i++) response.setHeader(`x-flood-${i}`, 'of no use');
  response.writeHead(reply.status, {
    ...(reply.type !== undefined && { 'content-type': reply.type }),
    ...(!inPieces && { 'content-length': body.length + huge }),
    ...reply.headers,
  });
  if (isCut) {
    response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.socket?.destroy());
    return;
  }
  const size = faults.splitBytes ?? Math.max(body.length, 1);
  for (let at = 0; at < body.length; at += size) response.write(body.subarray(at, at + size));
  if (huge > 0) response.write(Buffer.alloc(huge, ' '));
  response.end();
}
