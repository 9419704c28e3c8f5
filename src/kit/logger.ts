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

export function createLogger(level: string): Logger {
  const redact = { paths: NEVER_WRITTEN.flatMap((name) => [name, `*.${name}`]), censor: '***' };
  // To stderr: stdout is for results.
  return pino({ level, base: null, redact }, destination({ dest: 2, sync: true }));
}
