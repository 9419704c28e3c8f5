import type { ServerResponse } from 'node:http';
import { writeResponse, type Outcome } from './envelope.ts';
import { hits, type SwitchvoxFaults, type SwitchvoxVariant } from './options.ts';

/** A page for people, as every path but those of the API has it. */
export function writePage(response: ServerResponse, status: number, title: string): void {
  const page = `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1><br></body></html>\n`;
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
  response.end(page);
}

/** Writes the answer to a method, as well or as badly as the faults have it. */
export function writeAnswer(
  response: ServerResponse,
  method: string,
  outcome: Outcome,
  isXml: boolean,
  { faults, variant }: { readonly faults: SwitchvoxFaults; readonly variant: SwitchvoxVariant },
): void {
  if (hits(faults.neverAnswer, method)) return;
  const padding = hits(faults.huge?.methods, method) ? (faults.huge?.bytes ?? 0) : 0;
  const extra = Object.fromEntries([
    ...Array.from({ length: faults.padMembers ?? 0 }, (_, at) => [`member_${at}`, {}] as const),
    ...(padding > 0 ? [['padding', { text: 'x'.repeat(padding) }] as const] : []),
  ]);
  const bytes = Buffer.from(writeResponse(method, outcome, isXml, variant, extra));
  response.setHeader('content-type', isXml ? 'application/xml' : 'application/json');
  if (hits(faults.cutMidAnswer, method)) {
    response.setHeader('content-length', bytes.length);
    response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
    return;
  }
  const piece = faults.splitBytes ?? bytes.length;
  for (let at = 0; at < bytes.length; at += piece) response.write(bytes.subarray(at, at + piece));
  response.end();
}
