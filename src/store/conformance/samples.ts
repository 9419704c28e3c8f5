import { createHash } from 'node:crypto';
import { INSTALLATION, SYSTEM, type Act } from '../../audit/act.ts';
import { ALL_RIGHTS } from '../../access/limits.ts';
import type { KeyRecord, LinkRecord } from '../../access/ports.ts';
import type { PbxRecord, Tenant } from '../../directory/ports.ts';
import { NEW_LIFE } from '../../calls/life.ts';
import { newId, newToken } from '../../kit/ids.ts';
import type { Advance, CallRecord, JournalEntry, Opening } from '../../switchboard/ports.ts';
import type { WebhookRecord } from '../../webhooks/ports.ts';
import type { Store } from '../open-store.ts';

/** A time that no `double` of seconds could hold: every microsecond of it must come back. */
export const NOON = 1_795_435_200_123_457;
export const SECOND = 1_000_000;

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function tenant(change: Partial<Tenant> = {}): Tenant {
  const id = newId();
  return {
    id,
    slug: `acme-${sha256(id).slice(0, 12)}`,
    name: 'Acme & Söhne',
    createdAtMicros: NOON,
    ...change,
  };
}

export function key(tenantId: string, change: Partial<KeyRecord> = {}): KeyRecord {
  return {
    id: newId(),
    tenantId,
    label: 'CRM',
    prefix: 'c2c_Ab3x',
    hash: sha256(newToken(32)),
    ...ALL_RIGHTS,
    createdAtMicros: NOON,
    lastUsedAtMicros: undefined,
    revokedAtMicros: undefined,
    ...change,
  };
}

export function link(tenantId: string, change: Partial<LinkRecord> = {}): LinkRecord {
  return {
    id: newId(),
    tenantId,
    keyId: undefined,
    hash: sha256(newToken(32)),
    label: 'Invoice 4711',
    first: '101',
    second: '+15551234567',
    dialAs: undefined,
    pbx: undefined,
    uses: 1,
    used: 0,
    usedAtMicros: undefined,
    createdAtMicros: NOON,
    expiresAtMicros: NOON + 60 * SECOND,
    revokedAtMicros: undefined,
    ...change,
  };
}

export function pbx(tenantId: string, change: Partial<PbxRecord> = {}): PbxRecord {
  return {
    id: newId(),
    tenantId,
    name: 'Office',
    driver: 'asterisk-ami',
    settings: { host: '10.0.0.5', port: 5038, tls: false, context: 'from-internal' },
    sealed: 'v2.0a1b2c3d.c2VhbGVk',
    revision: 1,
    createdAtMicros: NOON,
    ...change,
  };
}

export function act(change: Partial<Act> = {}): Act {
  return {
    log: INSTALLATION,
    atMicros: NOON,
    by: SYSTEM,
    action: 'pbx.change',
    subject: 'a-subject',
    detail: {},
    ...change,
  };
}

export function call(tenantId: string, change: Partial<CallRecord> = {}): CallRecord {
  return {
    id: newId(),
    tenantId,
    keyId: newId(),
    pbxId: newId(),
    pbxName: 'Office',
    outcome: 'originating',
    life: NEW_LIFE,
    askedAtMicros: NOON,
    first: '101',
    second: '15551234567',
    dialAs: '102',
    reference: undefined,
    errorToken: newToken(18),
    ...change,
  };
}

export function entry(
  kind: JournalEntry['kind'] = 'request',
  change: Partial<JournalEntry> = {},
): JournalEntry {
  return { atMicros: NOON, kind, data: { said: 'Originate successfully queued' }, ...change };
}

export function opening(tenantId: string, change: Partial<Opening> = {}): Opening {
  return { call: call(tenantId), entries: [entry()], tender: 'a-tender', ...change };
}

/** Adds an account, and gives its id. */
export async function newTenant(store: Store): Promise<string> {
  const added = tenant();
  await store.directory.addTenant(added, []);
  return added.id;
}

/** The next step of a call, to that outcome. */
export function step({ id, tenantId }: CallRecord, version: number, change: Partial<Advance> = {}): Advance {
  const life = { ...NEW_LIFE, acceptedAt: NOON };
  return {
    callId: id,
    tenantId,
    version,
    outcome: 'accepted',
    life,
    entries: [],
    tender: 'a-tender',
    ...change,
  };
}

export function webhook(tenantId: string, change: Partial<WebhookRecord> = {}): WebhookRecord {
  return {
    id: newId(),
    tenantId,
    url: 'https://crm.example.net/hooks?a=1',
    types: undefined,
    label: 'CRM ☎',
    sealed: 'v2.0a1b2c3d.c2VhbGVk',
    state: 'active',
    reason: '',
    failingSinceMicros: undefined,
    createdAtMicros: NOON,
    ...change,
  };
}
