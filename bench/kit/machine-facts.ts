import { availableParallelism, loadavg, totalmem } from 'node:os';

/** What one must know of a machine to read its figures, and nothing by which it could be found. */
export function machineFacts(): string {
  const date = new Date().toISOString().slice(0, 16).replace('T', ' ');
  const memory = (totalmem() / 1e9).toFixed(0);
  const load = (loadavg()[0] ?? 0).toFixed(1);
  return (
    `Measured on ${date} UTC: ${availableParallelism()} cores (${process.arch}), ${memory} GB, Node ${process.version}, ` +
    `Asterisk 22; everything on this one machine. Load over the last minute: ${load}.`
  );
}
