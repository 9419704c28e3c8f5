import type { Kysely } from 'kysely';
import type { AuditStore } from '../audit/ports.ts';
import type { KeyStore, LinkStore } from '../access/ports.ts';
import type { DirectoryStore } from '../directory/ports.ts';
import type { PeopleStore } from '../people/ports.ts';
import type { EventStore } from '../live/ports.ts';
import type { BreakerStore } from '../switchboard/breaker/ports.ts';
import type { Journal } from '../switchboard/ports.ts';
import { createAuditStore } from './audit-store.ts';
import { createBreakerStore } from './breaker-store.ts';
import type { UsageStore } from '../usage/ports.ts';
import type { WebhookStore } from '../webhooks/ports.ts';
import { createDirectoryStore } from './directory-store.ts';
import { createEventStore } from './event-store.ts';
import { GenerationCache } from './generation-cache.ts';
import { GroupWriter } from './group-writer.ts';
import type { Committer, GroupLimits } from './group-writer.ts';
import { createJournal } from './journal.ts';
import { createKeyStore } from './key-store.ts';
import { createUsageStore } from './usage-store.ts';
import { createPeopleStore } from './people-store.ts';
import { createLinkStore } from './link-store.ts';
import { createWebhookStore } from './webhook-store.ts';
import type { Database } from './schema.ts';
import { readStatements } from './statements/reads.ts';
import type { Reader } from './statements/reads.ts';

/** Everything that is remembered. Its methods reject with `StoreError` where the database fails them. */
export interface Store {
  readonly directory: DirectoryStore;
  readonly keys: KeyStore;
  readonly links: LinkStore;
  readonly journal: Journal;
  readonly events: EventStore;
  readonly audit: AuditStore;
  readonly breaker: BreakerStore;
  readonly webhooks: WebhookStore;
  readonly usage: UsageStore;
  readonly people: PeopleStore;
  /** Writes what was accepted, then lets go of the database. Idempotent. Later writes reject as `closed`. */
  close(): Promise<void>;
}

/** What an engine brings. */
export interface EngineParts {
  /** Compiles queries for this engine; nothing runs on it. */
  readonly compiler: Kysely<Database>;
  readonly read: Reader;
  readonly committer: Committer;
  readonly limits: GroupLimits;
  /** Called once, after the committer's `close`. */
  readonly closeReader: () => Promise<void> | void;
}

export function createStore({ compiler, read, committer, limits, closeReader }: EngineParts): Store {
  const writer = new GroupWriter(committer, limits);
  const statements = readStatements(compiler);
  const cache = new GenerationCache(read, statements);
  let closing: Promise<void> | undefined;
  return {
    directory: createDirectoryStore(read, statements, writer, cache),
    keys: createKeyStore(read, statements, writer, cache),
    links: createLinkStore(read, statements, writer),
    journal: createJournal(read, statements, writer),
    events: createEventStore(read, statements),
    audit: createAuditStore(read, statements),
    breaker: createBreakerStore(read, statements, writer, cache),
    webhooks: createWebhookStore(read, statements, writer, cache),
    usage: createUsageStore(read, statements),
    people: createPeopleStore(read, statements, writer),
    close() {
      closing ??= writer.close().then(closeReader);
      return closing;
    },
  };
}
