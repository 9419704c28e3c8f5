import type { RawData } from 'ws';

/** What came in one WebSocket message; undefined: binary, which ARI never sends. */
export function textOfMessage(data: RawData, isBinary: boolean): string | undefined {
  if (isBinary) return undefined;
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return (data instanceof ArrayBuffer ? Buffer.from(data) : data).toString('utf8');
}
