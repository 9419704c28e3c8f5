import { Conductor } from '../asterisk/ari/conductor.ts';
import { AriReader } from '../asterisk/ari/event-reader.ts';
import { AriSession } from '../asterisk/ari/session.ts';
import type { PbxDriver, SessionDeps } from '../contract.ts';
import { typed } from '../setting-types.ts';
import { HttpClient } from '../wire/http-client.ts';
import { Link } from '../wire/link.ts';
import { AppNames } from './app-names.ts';
import { HttpAriConnection } from './connection.ts';
import { examine } from './examine.ts';
import { HttpTransport } from './http-transport.ts';
import { ARI_SETTINGS, manifest, type AriSettings } from './manifest.ts';

/** Asterisk over its REST interface (ARI), 16.25, 18.11 and later: before, a channel is not made with variables. */
export const asteriskAri: PbxDriver = {
  manifest,
  open: (settings, deps) => openSession(typed(ARI_SETTINGS, settings), deps),
  reader: () => new AriReader(),
};

function openSession(settings: AriSettings, deps: SessionDeps): AriSession {
  const [forOrders, forRest] = [newClient(settings, deps), newClient(settings, deps)];
  const [orders, rest] = [new HttpTransport(forOrders, settings), new HttpTransport(forRest, settings)];
  const reader = new AriReader();
  const conductor = new Conductor(deps, reader);
  const names = new AppNames(settings.app);
  const link = new Link(async () => {
    const parts = { orders, rest, app: names.next() };
    const connection = await HttpAriConnection.open(settings, deps, parts, (event, raw, from) => {
      if (event.type === 'ApplicationReplaced') names.replaced();
      conductor.hear(event, raw, from);
    });
    conductor.resume(connection);
    return connection;
  }, deps);
  return new AriSession(settings, deps, {
    link,
    reader,
    examine: (extension) => examine(settings, deps, extension),
    end: async () => {
      await Promise.all([forOrders.close(), forRest.close()]);
    },
  });
}

function newClient(settings: AriSettings, { guard, clock }: SessionDeps): HttpClient {
  return new HttpClient(settings, guard, clock);
}
