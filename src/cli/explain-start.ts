import type { Config } from '../config/config.ts';
import { failed, wrongInput } from './failure.ts';

/** Why the server could not listen, in terms of the settings that say where; other errors as they are. */
export function explainStart(error: unknown, config: Config): unknown {
  if (!(error instanceof Error)) return error;
  const { code, port, path } = error as NodeJS.ErrnoException & { port?: number };
  const isHttps = port !== undefined && port !== config.httpPort && port === config.httpsPort;
  const setting = isHttps ? 'C2C_HTTPS_PORT' : 'C2C_HTTP_PORT';
  const place = `${config.host}:${port ?? config.httpPort}`;
  if (code === 'EADDRINUSE')
    return failed(`${place} is in use by another process; stop it, or set ${setting} to a free port.`);
  if (code === 'EACCES' && port !== undefined)
    return failed(`${place} is not allowed to us; set ${setting} to a port from 1024 up.`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return failed(`${config.host} is no address of this machine; set C2C_HOST to one. (${error.message})`);
  if (path !== undefined && (path === config.tlsCert || path === config.tlsKey)) {
    const file = path === config.tlsCert ? 'C2C_TLS_CERT' : 'C2C_TLS_KEY';
    return wrongInput(`${file} can not be read: ${error.message}`);
  }
  if (code?.startsWith('ERR_OSSL') === true)
    return wrongInput(
      `C2C_TLS_CERT and C2C_TLS_KEY are no certificate and its key, both PEM: ${error.message}`,
    );
  return error;
}
