import type { Config } from './config.ts';

/** Where a server with these settings is most likely reached: what a command can know of it while it may not run. */
export function publicUrlOf({ publicUrl, host, httpPort, httpsPort }: Config): string {
  if (publicUrl !== null) return publicUrl;
  return httpsPort === null ? urlAt('http', host, httpPort) : urlAt('https', host, httpsPort);
}

/** A URL of who listens on a host and a port. A browser can't go to "every address", but it can to this machine. */
export function urlAt(scheme: 'http' | 'https', host: string, port: number): string {
  const name = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host;
  return `${scheme}://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
