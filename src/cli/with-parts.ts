import type { Parts } from '../app.ts';
import { readConfig } from '../config/config.ts';
import { userOf, type Terminal } from './terminal.ts';

/** Opens the installation for the time of one command. A server may run on the same data. */
export async function withParts<Result>(
  terminal: Terminal,
  work: (parts: Parts) => Promise<Result>,
): Promise<Result> {
  const config = readConfig(terminal.env);
  const { openParts } = await import('../app.ts');
  // A command says itself what it does; its log is for whoever asks for one.
  const isAskedFor = (terminal.env['C2C_LOG_LEVEL'] ?? '') !== '';
  const parts = await openParts(isAskedFor ? config : { ...config, logLevel: 'error' });
  try {
    return await work({ ...parts, directory: parts.directory.as(userOf(terminal)) });
  } finally {
    await parts.close();
  }
}
