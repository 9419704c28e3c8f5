import type { Finding } from '../contract.ts';
import type { ReadFunction } from './identities.ts';
import type { AsteriskSettings } from './settings.ts';

export function ok(check: string, says: string): Finding {
  return { check, level: 'ok', says };
}

/** The doctor's look at contexts and extensions, the same for every way to ask an Asterisk. */
export async function* extensionFindings(
  read: ReadFunction,
  settings: AsteriskSettings,
  named: string | undefined,
): AsyncGenerator<Finding> {
  if (settings.context !== '')
    yield contextFinding(settings.context, await read(`DIALPLAN_EXISTS(${settings.context})`));
  const extensions = new Set([settings.default_dial_as, named ?? ''].filter((extension) => extension !== ''));
  for (const extension of extensions) {
    const context =
      settings.lookup === 'pjsip' ? await read(`PJSIP_ENDPOINT(${extension},context)`) : settings.context;
    if (context === '') {
      yield {
        check: 'extension',
        level: 'error',
        says: `The PBX has no PJSIP endpoint ${extension}.`,
        remedy: 'Check its name; on a PBX without PJSIP endpoints set lookup = none and a context.',
      };
      continue;
    }
    yield ok('extension', `${extension} is an extension; its calls run in the context ${context}.`);
    if (settings.context === '') yield contextFinding(context, await read(`DIALPLAN_EXISTS(${context})`));
    yield stateFinding(extension, await read(`DEVICE_STATE(PJSIP/${extension})`));
  }
}

function contextFinding(context: string, exists: string): Finding {
  if (exists === '1') return ok('context', `The dialplan has a context ${context}.`);
  return {
    check: 'context',
    level: 'error',
    says: `The dialplan has no context ${context}.`,
    remedy: `Add [${context}] to extensions.conf, or set another context.`,
  };
}

function stateFinding(extension: string, state: string): Finding {
  if (state !== 'UNAVAILABLE' && state !== 'INVALID')
    return ok('phone', `The phone of ${extension} is ${state === '' ? 'unknown' : state}.`);
  return {
    check: 'phone',
    level: 'warning',
    says: `The phone of ${extension} is ${state}: it can not be rung.`,
    remedy: 'Register the phone, and check its password and the network between it and the PBX.',
  };
}
