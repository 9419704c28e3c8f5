import { PbxError, type Finding, type Frame, type SessionDeps, type Settings } from '../contract.ts';
import { NoAnswer, type HttpClient } from '../wire/http-client.ts';
import { openSocket, shownFingerprint } from '../wire/open-socket.ts';
import type { CommonSettings } from './common-settings.ts';
import { UnsafeValue } from './encode.ts';
import * as faults from './faults.ts';
import { judge } from './judge.ts';
import type { LoginValues } from './login.ts';
import { hiddenForms, sendStep } from './send-step.ts';
import type { Step, Template } from './template.ts';
import { passesTimeout, placeholdersIn } from './template-texts.ts';
import { NotInMap, valueOf, type Sources } from './values.ts';

export interface Examination {
  readonly template: Template;
  readonly settings: Settings;
  readonly common: CommonSettings;
  readonly deps: SessionDeps;
  readonly client: HttpClient;
  readonly logIn: () => Promise<LoginValues>;
  readonly extension: string | undefined;
}

/** The doctor: template, reachable, TLS, login, and what can be known of an extension. Nothing rings. */
export async function* examine(examination: Examination): AsyncGenerator<Finding> {
  const { template, common } = examination;
  yield ok('template', describe(template));
  const place = `${common.host}:${common.port}`;
  const reach = await attempt(() => touch(examination));
  if (reach !== undefined) {
    if (reach.code === 'pbx_tls') yield ok('reachable', `${place} answers.`);
    yield problem(reach.code === 'pbx_tls' ? 'tls' : 'reachable', reach);
    if (reach.code === 'pbx_tls') yield* certificate(examination);
    return;
  }
  yield ok('reachable', `${place} answers.`);
  if (common.tls) yield ok('tls', 'The connection is encrypted and the certificate is the expected one.');
  yield* examineLogin(examination);
}

async function* examineLogin(examination: Examination): AsyncGenerator<Finding> {
  const { template, extension } = examination;
  let login: LoginValues = new Map();
  if (template.login !== undefined) {
    const failure = await attempt(async () => {
      login = await examination.logIn();
    });
    if (failure !== undefined) return yield problem('login', failure);
    yield ok('login', 'The PBX accepts our login.');
  }
  const missing = extension === undefined ? undefined : missingRow(examination, extension);
  const check = missing === undefined ? checkOf(examination) : undefined;
  if (check !== undefined) {
    const failure = await attempt(() => runCheck(check.step, examination, login));
    if (failure !== undefined) return yield problem(check.shows, failure, check.about);
  }
  if (check?.shows === 'login') yield ok('login', 'The PBX accepts our login.');
  else if (template.login === undefined)
    yield ok('login', 'The login can only be tried with a call, or with an extension to look at.');
  if (extension === undefined) return;
  if (missing !== undefined) yield problem('extension', faults.notInMap(missing));
  else if (hasMaps(template)) yield ok('extension', `The settings of this PBX know ${extension}.`);
  else if (check?.shows === 'extension') yield ok('extension', `The PBX lets us call from ${extension}.`);
  else yield ok('extension', `This API can not be asked about ${extension}: a call will show.`);
}

/** The template's harmless request, and what it shows; undefined: it has none, or none without an extension. */
function checkOf({ template, extension }: Examination) {
  const { check: step, login } = template;
  if (step === undefined) return undefined;
  const needsExtension = placeholdersIn(step).some(({ name, by }) => name === 'first' || by === 'first');
  if (needsExtension && extension === undefined) return undefined;
  return needsExtension && login !== undefined
    ? { step, shows: 'extension', about: extension }
    : { step, shows: 'login' };
}

/** Connects and hangs up: certificates are checked, and no word is said. */
async function touch({ common, deps }: Examination): Promise<void> {
  (await openSocket(common, deps.guard)).destroy();
}

async function runCheck(step: Step, examination: Examination, login: LoginValues): Promise<void> {
  const { client, common } = examination;
  const exchange: Frame[] = [];
  const sources = { ...sourcesFor(examination, examination.extension ?? ''), login };
  const withinMs = common.answer_seconds * 1_000;
  const verdict = judge(
    step,
    await sendStep(step, { client, sources, withinMs, exchange }),
    hiddenForms(sources),
  );
  if (verdict.is !== 'success') throw faults.loginRefused(verdict, exchange);
}

/** The first setting that has no row for the extension. */
function missingRow(examination: Examination, extension: string): NotInMap | undefined {
  const sources = sourcesFor(examination, extension);
  for (const placeholder of placeholdersIn(examination.template.call)) {
    if (placeholder.source !== 'map' || placeholder.by === 'second') continue;
    try {
      valueOf(placeholder, sources);
    } catch (error) {
      if (error instanceof NotInMap) return error;
      throw error;
    }
  }
  return undefined;
}

function hasMaps({ call }: Template): boolean {
  return placeholdersIn(call).some(({ source }) => source === 'map');
}

function sourcesFor({ template, settings }: Examination, extension: string): Sources {
  const plan = { first: extension, second: extension, dialAs: undefined, timeoutSeconds: 30, callId: '' };
  return { template, settings, plan, login: new Map() };
}

async function attempt(work: () => Promise<void>): Promise<PbxError | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof PbxError) return error;
    if (error instanceof NoAnswer) return faults.unreachable(error.message, []);
    if (error instanceof UnsafeValue) return faults.unsafe(error.message);
    if (error instanceof NotInMap) return faults.notInMap(error);
    return faults.unreachable(error instanceof Error ? error.message : String(error), []);
  }
}

async function* certificate({ common, deps }: Examination): AsyncGenerator<Finding> {
  const shown = await shownFingerprint(common, deps.guard);
  if (shown === undefined) return;
  yield warning(
    'certificate',
    `The certificate shown there has the SHA-256 fingerprint ${shown}.`,
    'Compare it with the one on the PBX itself; if it is the same, set fingerprint to it.',
  );
}

const DIAL_AS: Readonly<Record<Template['dial_as'], string>> = {
  passed: 'dial_as is passed on',
  first_only: 'calls are made as the first number, so dial_as may be no other',
  none: 'it knows no dial_as',
};

function describe(template: Template): string {
  const timeout = passesTimeout(template)
    ? 'timeout is passed on, for the first phone'
    : 'timeout can not be passed on, so phones ring as long as the PBX lets them';
  return `${template.label}: ${DIAL_AS[template.dial_as]}; ${timeout}.`;
}

function ok(check: string, says: string): Finding {
  return { check, level: 'ok', says };
}

function warning(check: string, says: string, remedy: string): Finding {
  return { check, level: 'warning', says, remedy };
}

/** @param about what the PBX's words are about, where they do not say so themselves. */
function problem(check: string, { said, remedy }: PbxError, about?: string): Finding {
  return { check, level: 'error', says: about === undefined ? said : `${about}: ${said}`, remedy };
}
