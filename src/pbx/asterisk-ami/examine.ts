import { headerFields } from '../../kit/header-lines.ts';
import { extensionFindings, ok } from '../asterisk/examine-extensions.ts';
import { PbxError, type Finding, type SessionDeps } from '../contract.ts';
import { shownFingerprint } from '../wire/open-socket.ts';
import { AmiConnection } from './connection.ts';
import type { AmiSettings } from './manifest.ts';

const NEEDED_ACTIONS = [
  { action: 'Originate', right: 'originate', why: 'no call can be made' },
  { action: 'Getvar', right: 'call,reporting', why: 'extensions can not be looked up' },
  { action: 'Hangup', right: 'call', why: 'calls can not be ended' },
];
/** Rights that a click needs nothing of, and that turn a stolen login into a shell or a new configuration. */
const DANGEROUS_ACTIONS = ['Command', 'UpdateConfig', 'GetConfig', 'ModuleLoad', 'Reload', 'Filter'];

/** The doctor for an AMI: reachable, TLS, login, rights, contexts, extension. Nothing rings. */
export async function* examine(
  settings: AmiSettings,
  deps: SessionDeps,
  extension: string | undefined,
): AsyncGenerator<Finding> {
  const place = `${settings.host}:${settings.port}`;
  let connection: AmiConnection;
  try {
    connection = await AmiConnection.open(settings, deps);
  } catch (error) {
    yield* explainFailure(error, settings, deps);
    return;
  }
  try {
    yield ok('reachable', `${place} answers.`);
    if (settings.tls) yield ok('tls', 'The connection is encrypted and the certificate is the expected one.');
    yield ok('login', `${settings.username} may log in.`);
    yield* examineRights(connection);
    yield await examineVersion(connection);
    yield* extensionFindings((expression) => readFunction(connection, expression), settings, extension);
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    yield {
      check: 'link',
      level: 'error',
      says,
      remedy: 'The connection ended during the examination; try again.',
    };
  } finally {
    connection.close('The examination is over.');
  }
}

/** The checks before the one that failed went well; say so, as the reader looks for the first that did not. */
async function* explainFailure(
  error: unknown,
  settings: AmiSettings,
  deps: SessionDeps,
): AsyncGenerator<Finding> {
  if (!(error instanceof PbxError)) throw error;
  const check =
    { pbx_tls: 'tls', pbx_protocol: 'protocol', pbx_login_refused: 'login' }[error.code as string] ??
    'reachable';
  if (check !== 'reachable') yield ok('reachable', `${settings.host}:${settings.port} answers.`);
  yield { check, level: 'error', says: error.said, remedy: error.remedy };
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

/** `ListCommands` needs no right and lists only what this login may do. */
async function* examineRights(connection: AmiConnection): AsyncGenerator<Finding> {
  const allowed = new Set(
    Object.keys(headerFields((await connection.request('ListCommands', [])).message.raw)),
  );
  for (const { action, right, why } of NEEDED_ACTIONS) {
    if (allowed.has(action)) continue;
    yield {
      check: 'rights',
      level: 'error',
      says: `The login may not use ${action}: ${why}.`,
      remedy: `Add ${right} to the user's write= line in manager.conf, and reload it.`,
    };
  }
  const dangerous = DANGEROUS_ACTIONS.filter((action) => allowed.has(action));
  if (dangerous.length > 0) {
    yield {
      check: 'rights',
      level: 'warning',
      says: `The login may do more than a click needs: ${dangerous.join(', ')}.`,
      remedy:
        'Leave read = call and write = originate,call,reporting; system, command and config are close to a shell.',
    };
  } else if (NEEDED_ACTIONS.every(({ action }) => allowed.has(action))) {
    yield ok('rights', 'The login may do what a click needs, and no more.');
  }
}

async function examineVersion(connection: AmiConnection): Promise<Finding> {
  const { message, ok: answered } = await connection.request('CoreSettings', []);
  const version = answered ? message.get('AsteriskVersion') : undefined;
  return ok(
    'version',
    version === undefined ? 'The PBX does not tell us its version.' : `Asterisk ${version}.`,
  );
}

async function readFunction(connection: AmiConnection, expression: string): Promise<string> {
  const reply = await connection.request('Getvar', [['Variable', expression]]);
  return (reply.ok ? reply.message.get('Value') : undefined) ?? '';
}
