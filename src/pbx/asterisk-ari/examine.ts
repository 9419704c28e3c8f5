import { newToken } from '../../kit/ids.ts';
import { examinePbx } from '../asterisk/ari/examine-pbx.ts';
import { ok } from '../asterisk/examine-extensions.ts';
import { PbxError, type Finding, type SessionDeps } from '../contract.ts';
import { HttpClient } from '../wire/http-client.ts';
import { shownFingerprint } from '../wire/open-socket.ts';
import { HttpAriConnection } from './connection.ts';
import { HttpTransport } from './http-transport.ts';
import type { AriSettings } from './manifest.ts';

/** The doctor for an ARI: reachable, TLS, login, events, rights, contexts, extension. Nothing rings. */
export async function* examine(
  settings: AriSettings,
  deps: SessionDeps,
  extension: string | undefined,
): AsyncGenerator<Finding> {
  const http = new HttpClient(settings, deps.guard, deps.clock);
  // A name of its own: under the calls' name it would take their events away.
  const rest = new HttpTransport(http, settings);
  const parts = { orders: rest, rest, app: `${settings.app}-examine-${newToken(6)}` };
  let connection: HttpAriConnection | undefined;
  try {
    connection = await HttpAriConnection.open(settings, deps, parts, () => undefined);
    yield ok('reachable', `${settings.host}:${settings.port} answers.`);
    if (settings.tls) yield ok('tls', 'The connection is encrypted and the certificate is the expected one.');
    yield ok('login', `${settings.username} may log in, and gets events.`);
    yield* examinePbx(connection, settings, extension);
  } catch (error) {
    yield* explainFailure(error, settings, deps, connection !== undefined);
  } finally {
    connection?.close('The examination is over.');
    await http.close();
  }
}

/** The checks before the one that failed went well; say so, as the reader looks for the first that did not. */
async function* explainFailure(
  error: unknown,
  settings: AriSettings,
  deps: SessionDeps,
  isConnected: boolean,
): AsyncGenerator<Finding> {
  const { code, said, remedy } = faultOf(error);
  const check =
    { pbx_tls: 'tls', pbx_protocol: 'protocol', pbx_login_refused: 'login', pbx_permission_denied: 'rights' }[
      code
    ] ?? (isConnected ? 'link' : 'reachable');
  if (!isConnected && check !== 'reachable')
    yield ok('reachable', `${settings.host}:${settings.port} answers.`);
  yield { check, level: 'error', says: said, remedy };
  if (check !== 'tls') return;
  const shown = await shownFingerprint(settings, deps.guard);
  if (shown === undefined) return;
  yield {
    check: 'certificate',
    level: 'warning',
    says: `The certificate shown there has the SHA-256 fingerprint ${shown}.`,
    remedy: 'Compare it with the one on the PBX itself; if it is the same, set fingerprint to it.',
  };
}

function faultOf(error: unknown): { readonly code: string; readonly said: string; readonly remedy: string } {
  if (error instanceof PbxError) return error;
  return {
    code: '',
    said: error instanceof Error ? error.message : String(error),
    remedy: 'The connection ended during the examination; try again.',
  };
}
