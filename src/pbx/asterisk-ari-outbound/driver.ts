import { Conductor } from '../asterisk/ari/conductor.ts';
import { AriReader } from '../asterisk/ari/event-reader.ts';
import { AriSession } from '../asterisk/ari/session.ts';
import type { PbxDriver, SessionDeps } from '../contract.ts';
import { typed } from '../setting-types.ts';
import { examine } from './examine.ts';
import { filesFor } from './files.ts';
import { InboundLink } from './inbound-link.ts';
import { ARI_OUTBOUND_SETTINGS, manifest, type AriOutboundSettings } from './manifest.ts';

/** An Asterisk that connects to us and takes ARI over that: 20.15, 21.10, 22.5 and later. */
export const asteriskAriOutbound: PbxDriver = {
  manifest,
  open: (settings, deps) => openSession(typed(ARI_OUTBOUND_SETTINGS, settings), deps),
  reader: () => new AriReader(),
  files: (settings, door) => filesFor(typed(ARI_OUTBOUND_SETTINGS, settings), door),
};

function openSession(settings: AriOutboundSettings, deps: SessionDeps): AriSession {
  const reader = new AriReader();
  const link = new InboundLink(settings.app, deps, new Conductor(deps, reader));
  return new AriSession(settings, deps, {
    link,
    reader,
    examine: (extension) => examine(link, settings, extension),
    end: () => Promise.resolve(),
  });
}
