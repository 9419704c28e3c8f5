import { PbxError, type Finding, type SessionDeps } from '../contract.ts';
import { shownFingerprint } from '../wire/open-socket.ts';
import { EslConnection } from './connection.ts';
import { NEEDED_API, NEEDED_EVENTS, USEFUL_API, USEFUL_EVENTS } from './faults.ts';
import type { FreeswitchSettings } from './manifest.ts';
import type { EslReply } from './reply-queue.ts';

/** Commands that a click needs nothing of, and that turn a stolen login into a shell or a new configuration. */
const DANGEROUS_API = [
  'all',
  'system',
  'bg_system',
  'spawn',
  'eval',
  'expand',
  'lua',
  'load',
  'reload',
  'fsctl',
];

/** The doctor for an Event Socket: reachable, TLS, login, rights, version, domain, extension, phone. Nothing rings. */
export async function* examine(
  settings: FreeswitchSettings,
  deps: SessionDeps,
  extension: string | undefined,
): AsyncGenerator<Finding> {
  let connection: EslConnection;
  try {
    connection = await EslConnection.open(settings, deps);
  } catch (error) {
    yield* explainFailure(error, settings, deps);
    return;
  }
  try {
    yield ok('reachable', `${settings.host}:${settings.port} answers.`);
    if (settings.tls) yield ok('tls', 'The connection is encrypted and the certificate is the expected one.');
    yield ok('login', settings.user === '' ? 'The password is right.' : `${settings.user} may log in.`);
    yield* examineRights(connection);
    yield await examineVersion(connection);
    yield* examineDomain(connection, settings);
    yield* examineExtensions(connection, settings, extension);
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    yield {
      check: 'link',
      level: 'error',
      says,
      remedy: 'The examination ended early; check the extension that was asked for, and try again.',
    };
  } finally {
    connection.close('The examination is over.');
  }
}

function ok(check: string, says: string): Finding {
  return { check, level: 'ok', says };
}

/** The checks before the one that failed went well; say so, as the reader looks for the first that did not. */
async function* explainFailure(
  error: unknown,
  settings: FreeswitchSettings,
  deps: SessionDeps,
): AsyncGenerator<Finding> {
  if (!(error instanceof PbxError)) throw error;
  const checks: Readonly<Record<string, string>> = {
    pbx_tls: 'tls',
    pbx_protocol: 'protocol',
    pbx_login_refused: 'login',
    pbx_permission_denied: 'rights',
  };
  const check = checks[error.code] ?? 'reachable';
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

/** `userauth` answers with what its user may do; the one password of the Event Socket opens everything. */
function* examineRights(connection: EslConnection): Generator<Finding> {
  const allowed = new Set(connection.allowedApi.split(/[ ,]+/).filter((command) => command !== ''));
  const missing = allowed.has('all') ? [] : NEEDED_API.filter((command) => !allowed.has(command));
  if (missing.length > 0) {
    yield {
      check: 'rights',
      level: 'error',
      says: `The login may not use ${missing.join(', ')}: no call can be made.`,
      remedy: `Give the user esl-allowed-api with ${NEEDED_API.join(' ')}.`,
    };
    return;
  }
  yield* examineUseful(connection, allowed);
  const dangerous = DANGEROUS_API.filter((command) => allowed.has(command));
  if (dangerous.length === 0)
    return yield ok('rights', 'The login may do what a click needs, and little more.');
  yield {
    check: 'rights',
    level: 'warning',
    says: `The login may do more than a click needs: ${dangerous.join(', ')}.`,
    remedy: `Log in as a directory user with esl-allowed-api ${NEEDED_API.join(' ')}: system is a shell on the PBX.`,
  };
}

/** What a login of before may lack: calls are made without it. */
function* examineUseful(connection: EslConnection, allowed: ReadonlySet<string>): Generator<Finding> {
  if (!allowed.has('all') && USEFUL_API.some((command) => !allowed.has(command))) {
    yield {
      check: 'hang_up',
      level: 'warning',
      says: `The login may not use ${USEFUL_API.join(', ')}: no call can be ended from here.`,
      remedy: `Give the user esl-allowed-api with ${[...NEEDED_API, ...USEFUL_API].join(' ')}.`,
    };
  }
  const { unheard } = connection;
  if (unheard.length === 0) return;
  yield {
    check: 'events',
    level: 'warning',
    says: `The login may not hear ${unheard.join(', ')}: how a call fares is known in part only.`,
    remedy: `Give the user esl-allowed-events with ${[...NEEDED_EVENTS, ...USEFUL_EVENTS].join(' ')}.`,
  };
}

async function examineVersion(connection: EslConnection): Promise<Finding> {
  const { text, ok: answered } = await connection.api('version');
  return ok('version', answered ? `${text.split('\n', 1)[0]}.` : 'The PBX does not tell us its version.');
}

/** A login that may not ask is told nothing wrong: whether the extension is there shows the same. */
async function* examineDomain(
  connection: EslConnection,
  { domain }: FreeswitchSettings,
): AsyncGenerator<Finding> {
  const { text } = await connection.api('domain_exists', domain);
  if (text === 'true') yield ok('domain', `The directory has the domain ${domain}.`);
  if (text !== 'false') return;
  yield {
    check: 'domain',
    level: 'error',
    says: `The directory has no domain ${domain}.`,
    remedy:
      'Set domain to the one that the phones register to; on the PBX: fs_cli -x "global_getvar domain".',
  };
}

async function* examineExtensions(
  connection: EslConnection,
  settings: FreeswitchSettings,
  named: string | undefined,
): AsyncGenerator<Finding> {
  const extensions = new Set([settings.default_dial_as, named ?? ''].filter((extension) => extension !== ''));
  for (const extension of extensions) {
    const at = `${extension}@${settings.domain}`;
    const exists = await connection.api('user_exists', 'id', extension, settings.domain);
    const userContext = await connection.api('user_data', at, 'var', 'user_context');
    if (exists.text !== 'true' && !userContext.ok) {
      yield {
        check: 'extension',
        level: 'error',
        says: exists.ok ? `The directory has no user ${at}.` : `${at}: ${exists.text}`,
        remedy: 'Check its number, and that domain is the one that it belongs to.',
      };
      continue;
    }
    yield contextFinding(at, settings.context || (userContext.ok ? userContext.text : ''));
    yield phoneFinding(at, await connection.api('sofia_contact', at));
  }
}

function contextFinding(at: string, context: string): Finding {
  if (context !== '') return ok('extension', `${at} is a user; its calls run in the context ${context}.`);
  return {
    check: 'context',
    level: 'error',
    says: `${at} is a user without user_context: nobody can dial as it.`,
    remedy: 'Give the user the variable user_context in the directory, or set context for this PBX.',
  };
}

function phoneFinding(at: string, { text, ok: answered }: EslReply): Finding {
  if (/user_not_registered/.test(text)) {
    return {
      check: 'phone',
      level: 'warning',
      says: `No phone is registered for ${at} (${text}): it can not be rung.`,
      remedy: 'Register the phone, and check its password and the network between it and the PBX.',
    };
  }
  return ok(
    'phone',
    answered ? `A phone is registered for ${at}.` : 'The login may not ask for registrations.',
  );
}
