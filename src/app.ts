import { join } from 'node:path';
import packageJson from '../package.json' with { type: 'json' };
import type { Config } from './config/config.ts';
import { masterKeysOf } from './config/master-key.ts';
import { publicUrlOf, urlAt } from './config/public-url.ts';
import { openControl, type Control } from './control/open-control.ts';
import { removeDead } from './control/sockets.ts';
import { Directory } from './directory/directory.ts';
import type { Tenant } from './directory/ports.ts';
import type { Faces } from './http/open-faces.ts';
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
import { Box } from './switchboard/box.ts';
import { Breaker } from './switchboard/breaker/breaker.ts';
import { PlaceCall } from './switchboard/place-call.ts';
import { AdoptCalls } from './switchboard/adopt-calls.ts';
import { AwaitCall } from './switchboard/await-call.ts';
import { ExplainCall } from './switchboard/explain-call.ts';
import { HangUp } from './switchboard/hang-up.ts';
import { dropRemoved, listenTo } from './switchboard/inbound-pbxs.ts';
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

/**
 * Starts the server: the ways in first, and then what goes on by itself, so that one that can not listen has touched no call. Stops
 * in the mirror of that order. @throws the system's error; OpenSSL's where the certificate is none
 */
export async function startServer(parts: Parts): Promise<Server> {
  const { config, clock, log, directory, sessions, placeCall, calls, inbound } = parts;
  const { journal } = parts.store;
  const told: Told = { publicUrl: config.publicUrl ?? '', furnish: undefined };
  const closing = new AbortController();
  const work = workOf(parts, closing.signal);
  const { adopt, deliverer, live } = work;
  let faces: Faces | undefined;
  let control: Control | undefined;
  let sweeper: NodeJS.Timeout | undefined;
  const close = async () => {
    clearInterval(sweeper);
    closing.abort();
    live.close();
    const closed = faces?.close();
    // What is under way may need the sockets that PBXs opened to us; after it they are what the faces wait for.
    await Promise.all([placeCall.idle(), control?.close()]);
    inbound.close();
    await closed;
    await adopt.stop();
    await deliverer.stop();
    await parts.close();
  };
  try {
    // The network face is half of the code: commands do without it, and the store's thread starts while it loads.
    const { openFaces } = await import('./http/open-faces.ts');
    inbound.open();
    faces = await openFaces(await httpDepsOf(parts, work, closing.signal, told), placesOf(config));
    const urls = faces.listening.map(({ scheme, port }) => urlAt(scheme, config.host, port));
    if (told.publicUrl === '') told.publicUrl = urls.at(-1) ?? '';
    await leaveToOthers(parts);
    adopt.start();
    deliverer.start();
    sweeper = setInterval(() => void dropRemoved(parts), REMOVED_MS).unref();
    control = await openControl({
      dataDir: config.dataDir,
      clock,
      log,
      tender: calls.tender,
      desk: { directory, sessions, placeCall, calls, journal },
    });
    return { urls, publicUrl: told.publicUrl, close, furnishWith: (by) => void (told.furnish = by) };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What a server knows only after it has begun: where it is reached, and what new accounts are given. */
interface Told {
  publicUrl: string;
  furnish: ((account: Tenant) => Promise<void>) | undefined;
}

/** What a server has beside the parts: it tells the outside, waits for calls, ends them, and takes over those that were left. */
function workOf(
  { store, bus, guard, seal, directory, sessions, calls, lost, clock, log }: Parts,
  closing: AbortSignal,
) {
  const { journal } = store;
  const awaitCall = new AwaitCall({ journal, calls, directory });
  const hangUp = new HangUp({ journal, directory, sessions, calls, awaitCall, clock, log }, closing);
  const sender = new Sender(guard, clock);
  return {
    awaitCall,
    hangUp,
    adopt: new AdoptCalls({ journal, directory, sessions, calls, hangUp, lost, clock, log }),
    live: new LiveEvents({ store: store.events, bus, log }),
    deliverer: new Deliverer({ store: store.webhooks, bus, sender, seal, clock, log }),
  } as const;
}

/** Everything that requests are answered with. */
async function httpDepsOf(
  parts: Parts,
  { awaitCall, hangUp, live, deliverer }: ReturnType<typeof workOf>,
  closing: AbortSignal,
  told: Told,
): Promise<HttpDeps> {
  const { config, store, directory, sessions, inbound, breaker, box, people, clock, log } = parts;
  const { Attempts } = await import('./http/attempts.ts');
  return {
    keys: store.keys,
    links: store.links,
    freezes: store.breaker,
    breaker,
    usage: store.usage,
    directory,
    closing,
    live,
    webhooks: parts.webhooks,
    deliverer,
    awaitCall,
    hangUp,
    explainCall: new ExplainCall({ directory, sessions, box, breaker, clock }),
    sessions,
    journal: store.journal,
    placeCall: parts.placeCall,
    clock,
    proxies: createNetworks(config.trustedProxies),
    log,
    attempts: new Attempts(config.attempts),
    keysNeedHttps: config.keysNeedHttps,
    people: { ...people, publicUrl: () => told.publicUrl },
    audit: store.audit,
    furnish: async (account) => told.furnish?.(account),
    installation: () => ({
      version: packageJson.version,
      signup: config.signup,
      email: people.post !== undefined,
      sandbox: told.furnish !== undefined,
    }),
    self: () => ({ serverId: config.serverId, publicUrl: told.publicUrl }),
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
}

function placesOf({ host, httpPort, httpsPort, tlsCert, tlsKey }: Config) {
  const https = httpsPort === null ? undefined : { port: httpsPort, cert: tlsCert ?? '', key: tlsKey ?? '' };
  return { host, httpPort, https };
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
