import type { Finding, Frame } from '../../contract.ts';
import { extensionFindings, ok } from '../examine-extensions.ts';
import type { AsteriskSettings } from '../settings.ts';
import { objectOf, textOf } from './events.ts';
import { Probe } from './probe.ts';
import { fieldOf, isSuccess, type AriConnection } from './rest.ts';

/**
 * The part of the doctor that is the same whichever way an ARI is reached: version, rights, contexts, extension.
 * Nothing rings.
 * @throws PbxError, NoAnswer
 */
export async function* examinePbx(
  connection: AriConnection,
  settings: AsteriskSettings,
  named: string | undefined,
): AsyncGenerator<Finding> {
  yield await versionFinding(connection);
  const exchange: Frame[] = [];
  const probe = new Probe(connection, exchange);
  try {
    // Making a channel is what a login that may only read can't do: the probe is the proof.
    await probe.read('CHANNEL(state)');
    yield ok('rights', 'The login may make channels.');
    yield* extensionFindings((expression) => probe.read(expression), settings, named);
  } finally {
    await probe.end();
  }
}

async function versionFinding({ rest }: AriConnection): Promise<Finding> {
  const answer = await rest.send({ method: 'GET', path: ['asterisk', 'info'], query: { only: 'system' } });
  const version = isSuccess(answer) ? textOf(objectOf(fieldOf(answer, 'system'))['version']) : '';
  return ok('version', version === '' ? 'The PBX does not tell us its version.' : `Asterisk ${version}.`);
}
