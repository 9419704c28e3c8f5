import type { Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import packageJson from '../package.json' with { type: 'json' };
import type { Config } from './config/config.ts';
import { masterKeysOf } from './config/master-key.ts';
import { openControl, type Control } from './control/open-control.ts';
import { removeDead } from './control/sockets.ts';
import { Directory } from './directory/directory.ts';
import type { Tenant } from './directory/ports.ts';
import type { HttpDeps } from './http/server.ts';
import { createAddressGuard, type AddressGuard } from './kit/address-guard.ts';
import { systemClock, type Clock } from './kit/clock.ts';
import { createLogger, type Logger } from './kit/logger.ts';
import { createNetworks } from './kit/networks.ts';
import { createSeal, type Seal } from './kit/seal.ts';
import { createBus, type EventBus } from './live/bus.ts';
import { LiveEvents } from './live/live-events.ts';
import type { SmtpPost } from './mail/smtp-post.ts';
import { tellOwners } from './people/frozen-key.ts';
import type { PeopleDeps } from './people/deps.ts';
import { Passwords } from './people/passwords.ts';
import { InboundHub } from './pbx/inbound-hub.ts';
import { DRIVERS } from './pbx/registry.ts';
import { SessionPool } from './pbx/session-pool.ts';
import { openStore, StoreError } from './store/open-store.ts';
import type { Store } from './store/store.ts';
import { pbxToUse } from './switchboard/pbx-to-use.ts';
import { Box } from './switchboard/box.ts';
import { Breaker } from './switchboard/breaker/breaker.ts';
import { PlaceCall } from './switchboard/place-call.ts';
import { AdoptCalls } from './switchboard/adopt-calls.ts';
import { AwaitCall } from './switchboard/await-call.ts';
import { ExplainCall } from './switchboard/explain-call.ts';
import { HangUp } from './switchboard/hang-up.ts';
import { LostOpenings } from './switchboard/lost-openings.ts';
import { TrackCalls } from './switchboard/track-calls.ts';
import { Deliverer } from './webhooks/deliverer.ts';
import { Sender } from './webhooks/sender.ts';
import { Webhooks } from './webhooks/webhooks.ts';

/** The parts of an installation without its network face: what the command line works with, beside a running server. */
export interface Parts {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
  readonly store: Store;
  readonly directory: Directory;
  readonly guard: AddressGuard;
  readonly inbound: InboundHub;
  readonly sessions: SessionPool;
  readonly bus: EventBus;
  readonly seal: Seal;
  readonly webhooks: Webhooks;
  readonly people: PeopleDeps;
  readonly calls: TrackCalls;
  readonly box: Box;
  readonly breaker: Breaker;
  readonly lost: LostOpenings;
  readonly placeCall: PlaceCall;
  /** Finishes what is under way, and lets go of everything. Idempotent. */
  close(): Promise<void>;
}

/** @throws ConfigError, StoreError */
export async function openParts(config: Config, clock: Clock = systemClock): Promise<Parts> {
  const log = createLogger(config.logLevel);
  const seal = createSeal(await masterKeysOf(config));
  const store = await openStore({ url: config.databaseUrl ?? join(config.dataDir, 'click2call.db') });
  const directory = new Directory(store.directory, DRIVERS, seal, clock, config.signup);
  const guard = createAddressGuard(config.signup !== 'open', config.pbxNetworks);
  const inbound = new InboundHub();
  const { journal } = store;
  const bus = createBus();
  const webhooks = new Webhooks({
    store: store.webhooks,
    seal,
    guard,
    clock,
    sealing: (put) => directory.sealing(put),
  });
  const box = new Box();
  const post = await openPost(config, log);
  const people: PeopleDeps = {
    store: store.people,
    directory,
    passwords: new Passwords(),
    post,
    signup: config.signup,
    clock,
    publicUrl: () => publicUrlOf(config),
  };
  const calls = new TrackCalls({ journal, clock, log, publish: (told) => bus.publish(told) });
  const sessions = new SessionPool({
    clock,
    log,
    guard,
    inbound,
    hear: (pbxId, news) => calls.hear(pbxId, news),
  });
  const breaker = new Breaker({
    store: store.breaker,
    atOnce: calls.atOnce,
    clock,
    log,
    tell: (freeze) => tellOwners(people, freeze),
  });
  const lost = new LostOpenings({ journal, calls, clock });
  const placeCall = new PlaceCall({ journal, directory, sessions, calls, box, breaker, lost, clock, log });
  return {
    config,
    clock,
    log,
    store,
    directory,
    guard,
    inbound,
    sessions,
    bus,
    seal,
    webhooks,
    people,
    calls,
    box,
    breaker,
    lost,
    placeCall,
    async close() {
      await placeCall.idle();
      await sessions.close();
      inbound.close();
      await calls.close();
      await breaker.close();
      await post?.close();
      await store.close();
    },
  };
}

/** Undefined where this installation sends no e-mail: then the library is not loaded either. */
async function openPost({ smtpUrl, mailFrom }: Config, log: Logger): Promise<SmtpPost | undefined> {
  if (smtpUrl === null || mailFrom === null) return undefined;
  const { SmtpPost } = await import('./mail/smtp-post.ts');
  return new SmtpPost(smtpUrl, mailFrom, log);
}

const REMOVED_MS = 10_000;

export interface Server {
  /** Where it listens: `http://127.0.0.1:8080`, and the HTTPS one where there is one. */
  readonly urls: readonly string[];
  /** How the world reaches it. */
  readonly publicUrl: string;
  /** From now on each new account is given what this puts into it: a PBX in the box. */
  furnishWith(furnish: (account: Tenant) => Promise<void>): void;
  /** Takes no more requests, answers those under way, and then stops the parts. Idempotent. */
  close(): Promise<void>;
}

/** Starts the server: calls that were left first, the listeners last. Stops in the mirror of that order. */
export async function startServer(parts: Parts): Promise<Server> {
  const {
    config,
    store,
    bus,
    seal,
    guard,
    webhooks,
    people,
    placeCall,
    calls,
    clock,
    log,
    directory,
    sessions,
    inbound,
  } = parts;
  // The network face is half of the code: commands do without it, and the store's thread starts while it loads.
  const { createHttp } = await import('./http/server.ts');
  const { Attempts } = await import('./http/attempts.ts');
  const live = new LiveEvents({ store: store.events, bus, log });
  const sender = new Sender(guard, clock);
  const deliverer = new Deliverer({ store: store.webhooks, bus, sender, seal, clock, log });
  const faces: FastifyInstance[] = [];
  const sweeper = setInterval(() => void dropRemoved(parts), REMOVED_MS).unref();
  let publicUrl = config.publicUrl ?? '';
  let control: Control | undefined;
  let stopWatching: (() => void) | undefined;
  let furnish: ((account: Tenant) => Promise<void>) | undefined;
  inbound.open();
  const closing = new AbortController();
  const { journal } = store;
  const awaitCall = new AwaitCall({ journal, calls, directory });
  const hangUp = new HangUp({ journal, directory, sessions, calls, awaitCall, clock, log }, closing.signal);
  const adopt = new AdoptCalls({ journal, directory, sessions, calls, hangUp, lost: parts.lost, clock, log });
  const deps: HttpDeps = {
    keys: store.keys,
    links: store.links,
    freezes: store.breaker,
    breaker: parts.breaker,
    usage: store.usage,
    directory,
    closing: closing.signal,
    live,
    webhooks,
    deliverer,
    awaitCall,
    hangUp,
    explainCall: new ExplainCall({ directory, sessions, box: parts.box, breaker: parts.breaker, clock }),
    sessions,
    journal: store.journal,
    placeCall,
    clock,
    proxies: createNetworks(config.trustedProxies),
    log,
    attempts: new Attempts(config.attempts),
    keysNeedHttps: config.keysNeedHttps,
    people: { ...people, publicUrl: () => publicUrl },
    audit: store.audit,
    furnish: async (account) => furnish?.(account),
    installation: () => ({
      version: packageJson.version,
      signup: config.signup,
      email: people.post !== undefined,
      sandbox: furnish !== undefined,
    }),
    self: () => ({ serverId: config.serverId, publicUrl }),
    repeatWindowMicros: config.repeatWindowMs * 1000,
    door: {
      clock,
      log,
      doorKeyOf: async (pbxId) => {
        const pbx = await directory.pbxById(pbxId);
        return pbx === undefined ? undefined : directory.doorKeyOf(pbx);
      },
      admit: (pbxId, socket) => {
        inbound.add(pbxId, socket);
        void listenTo(parts, pbxId);
      },
    },
    isUnavailable: (error) => error instanceof StoreError && error.fault !== 'rejected',
    healthy: () => store.directory.tenantBySlug(''),
  };
  const close = async () => {
    clearInterval(sweeper);
    stopWatching?.();
    closing.abort();
    live.close();
    const closed = Promise.all(faces.map(closeFace));
    // What is under way may need the sockets that PBXs opened to us; after it they are what the faces wait for.
    await Promise.all([placeCall.idle(), control?.close()]);
    inbound.close();
    await closed;
    await adopt.stop();
    await deliverer.stop();
    await parts.close();
  };
  try {
    await leaveToOthers(parts);
    adopt.start();
    deliverer.start();
    const urls = [await listen(faces, createHttp(deps), config, config.httpPort, 'http')];
    if (config.httpsPort !== null) {
      const { readCertificate, watchCertificate } = await import('./http/certificate.ts');
      const files = { cert: config.tlsCert ?? '', key: config.tlsKey ?? '' };
      const face = createHttp(deps, await readCertificate(files));
      urls.push(await listen(faces, face, config, config.httpsPort, 'https'));
      stopWatching = watchCertificate(face.server as unknown as HttpsServer, files, log);
    }
    if (publicUrl === '') publicUrl = urls.at(-1) ?? '';
    control = await openControl({
      dataDir: config.dataDir,
      clock,
      log,
      tender: calls.tender,
      desk: { directory, sessions, placeCall, calls, journal: store.journal },
    });
    return { urls, publicUrl, close, furnishWith: (by) => void (furnish = by) };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The calls of servers that were killed on this data folder wait for no silence to tell that they are dead. */
async function leaveToOthers({ config, store, log }: Parts): Promise<void> {
  try {
    for (const tender of await removeDead(config.dataDir)) await store.journal.farewell(tender);
  } catch (error) {
    log.warn(
      { err: error },
      'Whether servers were killed here is not known; their calls are taken over later.',
    );
  }
}

/** Calls that were made before a restart may still be going on there: they are heard from now on. */
async function listenTo({ directory, sessions, log }: Parts, pbxId: string): Promise<void> {
  try {
    const pbx = await directory.pbxById(pbxId);
    if (pbx !== undefined) sessions.open(pbxToUse(directory, pbx));
  } catch (error) {
    log.warn({ err: error, pbx: pbxId }, 'A PBX connected to us that can not be listened to.');
  }
}

/** A PBX that was removed, by any process, is connected no longer. */
async function dropRemoved({ directory, inbound, log }: Parts): Promise<void> {
  try {
    for (const pbxId of inbound.connected()) {
      if ((await directory.pbxById(pbxId)) === undefined) inbound.drop(pbxId);
    }
  } catch (error) {
    log.debug({ err: error }, 'Could not look for removed PBXs.');
  }
}

/** Answers what is under way. A connection that its client keeps open after that, for 65 s, is not waited for. */
async function closeFace(face: FastifyInstance): Promise<void> {
  const hurry = setInterval(() => face.server.closeIdleConnections(), 50);
  await face.close().finally(() => clearInterval(hurry));
}

/** Where a server that runs is most likely reached: what a command can know of it. */
function publicUrlOf({ publicUrl, host, httpPort, httpsPort }: Config): string {
  const port = httpsPort ?? httpPort;
  return publicUrl ?? `${httpsPort === null ? 'http' : 'https'}://${nameOf(host)}:${port}`;
}

/** A browser can't go to "every address", but it can to this machine. */
function nameOf(host: string): string {
  const name = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host;
  return name.includes(':') ? `[${name}]` : name;
}

async function listen(
  faces: FastifyInstance[],
  face: FastifyInstance,
  config: Config,
  port: number,
  scheme: string,
): Promise<string> {
  faces.push(face);
  await face.listen({ host: config.host, port });
  const address = face.server.address() as AddressInfo;
  return `${scheme}://${nameOf(config.host)}:${address.port}`;
}
