import { examinePbx } from '../asterisk/ari/examine-pbx.ts';
import type { AriConnection } from '../asterisk/ari/rest.ts';
import { ok } from '../asterisk/examine-extensions.ts';
import { PbxError, type Finding } from '../contract.ts';
import type { InboundLink } from './inbound-link.ts';
import type { AriOutboundSettings } from './manifest.ts';

/** The doctor for a PBX that connects to us: connected, rights, contexts, extension. Nothing rings. */
export async function* examine(
  link: InboundLink,
  settings: AriOutboundSettings,
  extension: string | undefined,
): AsyncGenerator<Finding> {
  let connection: AriConnection | undefined;
  try {
    connection = await link.ready();
    yield ok('connected', 'The PBX is connected to us.');
    yield* examinePbx(connection, settings, extension);
  } catch (error) {
    const isDenied = error instanceof PbxError && error.code === 'pbx_permission_denied';
    yield {
      check: connection === undefined ? 'connected' : isDenied ? 'rights' : 'link',
      level: 'error',
      says: error instanceof Error ? error.message : String(error),
      remedy:
        error instanceof PbxError
          ? error.remedy
          : 'The connection ended during the examination; try again when the PBX has connected again.',
    };
  }
}
