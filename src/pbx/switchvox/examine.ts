import { PbxError, type Finding, type Frame, type SessionDeps } from '../contract.ts';
import { shownFingerprint } from '../wire/open-socket.ts';
import { Accounts, type Account } from './accounts.ts';
import { Box } from './box.ts';
import type { SwitchvoxSettings } from './manifest.ts';

/** Asked for where no extension is named: what counts is that the PBX lets us ask. */
const SOME_EXTENSION = '100';

/** The doctor for a Switchvox: reachable, certificate, login, rights, extension. Nothing rings. */
export async function* examine(
  settings: SwitchvoxSettings,
  deps: SessionDeps,
  extension: string | undefined,
): AsyncGenerator<Finding> {
  // A session of its own: what an earlier click was told must not be repeated here.
  const box = new Box(settings, deps);
  const accounts = new Accounts(settings, box, () => deps.clock.monotonicMs());
  const exchange: Frame[] = [];
  try {
    const asked = extension ?? (settings.default_dial_as || SOME_EXTENSION);
    const found = await (settings.role === 'user' ? accounts.own(exchange) : accounts.find(asked, exchange));
    yield* foundations(settings, deps);
    yield ok(
      'login',
      `${settings.username} may log in${box.scheme === 'nothing' ? '' : `, by ${box.scheme}`}.`,
    );
    yield* settings.role === 'user'
      ? userFindings(settings, found, extension)
      : administratorFindings(settings, accounts, extension);
  } catch (error) {
    yield* explainFailure(error, settings, deps);
  } finally {
    await box.close();
  }
}

function ok(check: string, says: string): Finding {
  return { check, level: 'ok', says };
}

async function* foundations(settings: SwitchvoxSettings, deps: SessionDeps): AsyncGenerator<Finding> {
  yield ok('reachable', `${settings.host}:${settings.port} answers as a Switchvox does.`);
  if (!settings.tls) {
    yield {
      check: 'tls',
      level: 'warning',
      says: 'The connection is not encrypted.',
      remedy: 'Set tls to true, unless this is a simulator.',
    };
    return;
  }
  const shown = await shownFingerprint(settings, deps.guard);
  const how = settings.fingerprint === '' ? 'vouched for by an authority' : 'the pinned one';
  yield ok('tls', `The certificate is ${how}; its SHA-256 fingerprint is ${shown ?? settings.fingerprint}.`);
}

async function* administratorFindings(
  settings: SwitchvoxSettings,
  accounts: Accounts,
  named: string | undefined,
): AsyncGenerator<Finding> {
  yield ok(
    'rights',
    'The login may look up extensions; whether it may place calls is seen at the first one.',
  );
  const extensions = new Set([settings.default_dial_as, named ?? ''].filter((each) => each !== ''));
  for (const extension of extensions) yield extensionFinding(extension, await accounts.find(extension, []));
}

function extensionFinding(extension: string, account: Account | undefined): Finding {
  if (account === undefined) {
    return {
      check: 'extension',
      level: 'error',
      says: `The PBX has no extension ${extension}.`,
      remedy: 'Check its number under Setup, Extensions of the Switchvox.',
    };
  }
  const name = account.display === '' ? '' : `, ${account.display},`;
  return ok('extension', `${extension}${name} is an extension; its account id is ${account.accountId}.`);
}

async function* userFindings(
  settings: SwitchvoxSettings,
  own: Account | undefined,
  named: string | undefined,
): AsyncGenerator<Finding> {
  if (own === undefined) {
    yield {
      check: 'rights',
      level: 'error',
      says: `The PBX does not say which extension ${settings.username} is.`,
      remedy: 'Log in as an extension, or set role to administrator.',
    };
    return;
  }
  yield ok('rights', `The login is the extension ${own.extension}, and dials as it.`);
  if (named === undefined || named === own.extension) yield extensionFinding(own.extension, own);
  else
    yield {
      check: 'extension',
      level: 'error',
      says: `The login is the extension ${own.extension}, and can not dial as ${named}.`,
      remedy: "Give this PBX an administrator's login to dial as every extension.",
    };
}

const CHECKS: Readonly<Record<string, string>> = {
  pbx_tls: 'tls',
  pbx_login_refused: 'login',
  pbx_protocol: 'protocol',
  pbx_permission_denied: 'rights',
};

/** The checks before the one that failed went well; say so, as the reader looks for the first that did not. */
async function* explainFailure(
  error: unknown,
  settings: SwitchvoxSettings,
  deps: SessionDeps,
): AsyncGenerator<Finding> {
  if (!(error instanceof PbxError)) throw error;
  const check = CHECKS[error.code] ?? 'reachable';
  if (check !== 'reachable') yield ok('reachable', `${settings.host}:${settings.port} answers.`);
  if (check === 'rights') yield ok('login', `${settings.username} may log in.`);
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
