import { destination, pino } from 'pino';

/** The part of a logger that rooms use; messages are sentences, fields carry no secrets. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
  child(fields: object): Logger;
}

/** Field names whose values are never written, wherever they stand. A second wall: nobody logs them on purpose. */
const NEVER_WRITTEN = ['secret', 'password', 'api_key', 'apiKey', 'authorization', 'settings'];

/** Of lines that could not be written yet; further ones are dropped. */
const WAITING_BYTES_MAX = 1_048_576;

export function createLogger(level: string): Logger {
  const redact = { paths: NEVER_WRITTEN.flatMap((name) => [name, `*.${name}`]), censor: '***' };
  // To stderr: stdout is for results.
  const lines = destination({ dest: 2, sync: true, maxLength: WAITING_BYTES_MAX });
  // A log that can't be written, on a disk that is full, is no reason to fail whoever had something to say.
  lines.on('error', () => undefined);
  return pino({ level, base: null, redact }, lines);
}
