import { SCOPES, type Scope } from '../../contract/v3/scopes.ts';
import type { KeyLimits } from '../access/limits.ts';
import type { KeyRecord, LinkRecord } from '../access/ports.ts';
import type { PbxRecord, Tenant } from '../directory/ports.ts';
import type { Settings } from '../pbx/contract.ts';
import type { CallLife } from '../calls/life.ts';
import type { CallRecord, JournalEntry } from '../switchboard/ports.ts';
import type { CallValues, EntryValues, LifeValues, TalkValues } from './op.ts';
import type { CallRow, JournalEntryRow, KeyRow, LinkRow, PbxRow, TenantRow } from './schema.ts';
import { fromOptionalText, fromText, toOptionalText, toText } from './text.ts';

export function tenantRow(tenant: Tenant): TenantRow {
  return { id: tenant.id, slug: tenant.slug, name: toText(tenant.name), created_at: tenant.createdAtMicros };
}

export function tenantOf(row: TenantRow): Tenant {
  return { id: row.id, slug: row.slug, name: fromText(row.name), createdAtMicros: row.created_at };
}

export function pbxRow(pbx: PbxRecord): PbxRow {
  return {
    id: pbx.id,
    tenant_id: pbx.tenantId,
    name: toText(pbx.name),
    driver: pbx.driver,
    settings: JSON.stringify(pbx.settings),
    sealed: pbx.sealed,
    revision: pbx.revision,
    created_at: pbx.createdAtMicros,
  };
}

export function pbxOf(row: PbxRow): PbxRecord {
  const settings: Settings = JSON.parse(row.settings);
  return {
    id: row.id,
    tenantId: row.tenant_id,
    name: fromText(row.name),
    driver: row.driver,
    settings,
    sealed: row.sealed,
    revision: row.revision,
    createdAtMicros: row.created_at,
  };
}

export function keyRow(key: KeyRecord): KeyRow {
  return {
    id: key.id,
    tenant_id: key.tenantId,
    label: toText(key.label),
    prefix: key.prefix,
    hash: key.hash,
    kind: key.kind,
    scopes: key.scopes?.join(',') ?? null,
    limits: JSON.stringify(key.limits),
    expires_at: key.expiresAtMicros ?? null,
    created_at: key.createdAtMicros,
    last_used_at: key.lastUsedAtMicros ?? null,
    revoked_at: key.revokedAtMicros ?? null,
  };
}

export function keyOf(row: KeyRow): KeyRecord {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    label: fromText(row.label),
    prefix: row.prefix,
    hash: row.hash,
    kind: row.kind,
    scopes: row.scopes === null ? undefined : scopesIn(row.scopes),
    limits: JSON.parse(row.limits) as KeyLimits,
    expiresAtMicros: row.expires_at ?? undefined,
    createdAtMicros: row.created_at,
    lastUsedAtMicros: row.last_used_at ?? undefined,
    revokedAtMicros: row.revoked_at ?? undefined,
  };
}

export function linkRow(link: LinkRecord): LinkRow {
  return {
    id: link.id,
    tenant_id: link.tenantId,
    key_id: link.keyId ?? null,
    hash: link.hash,
    label: toText(link.label),
    first: toText(link.first),
    second: toText(link.second),
    dial_as: toOptionalText(link.dialAs),
    pbx: toOptionalText(link.pbx),
    uses: link.uses,
    used: link.used,
    used_at: link.usedAtMicros ?? null,
    created_at: link.createdAtMicros,
    expires_at: link.expiresAtMicros,
    revoked_at: link.revokedAtMicros ?? null,
  };
}

export function linkOf(row: LinkRow): LinkRecord {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    keyId: row.key_id ?? undefined,
    hash: row.hash,
    label: fromText(row.label),
    first: fromText(row.first),
    second: fromText(row.second),
    dialAs: fromOptionalText(row.dial_as),
    pbx: fromOptionalText(row.pbx),
    uses: row.uses,
    used: row.used,
    usedAtMicros: row.used_at ?? undefined,
    createdAtMicros: row.created_at,
    expiresAtMicros: row.expires_at,
    revokedAtMicros: row.revoked_at ?? undefined,
  };
}

/** A newer process may have given scopes that this one does not know: they allow nothing here. */
function scopesIn(text: string): readonly Scope[] {
  return text.split(',').filter((scope): scope is Scope => scope in SCOPES);
}

/** @param tender the process that tends the call; null: it is over */
export function callValues(call: CallRecord, tender: string | null): CallValues {
  return [
    call.id,
    call.tenantId,
    call.keyId ?? null,
    call.pbxId ?? null,
    toOptionalText(call.pbxName),
    call.outcome,
    call.askedAtMicros,
    // Of a refused request these are whatever the caller sent.
    toOptionalText(call.first),
    toOptionalText(call.second),
    toOptionalText(call.dialAs),
    call.errorToken,
    lifeValues(call.life),
    toOptionalText(call.reference),
    tender,
  ];
}

export function lifeValues(life: CallLife): LifeValues {
  return [life.state, life.disposition ?? null, JSON.stringify(life)];
}

/** Of a call whose end was only found nobody knows how long it talked. */
export function talkValues({ connectedAt, endedAt, isFound }: CallLife): TalkValues | null {
  if (connectedAt === undefined) return null;
  return [connectedAt, isFound === true ? 0 : (endedAt ?? connectedAt) - connectedAt];
}

export function callOf(row: CallRow): CallRecord {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    keyId: row.key_id ?? undefined,
    pbxId: row.pbx_id ?? undefined,
    pbxName: fromOptionalText(row.pbx_name),
    outcome: row.outcome,
    life: JSON.parse(row.life) as CallLife,
    askedAtMicros: row.asked_at,
    first: fromOptionalText(row.first),
    second: fromOptionalText(row.second),
    dialAs: fromOptionalText(row.dial_as),
    reference: fromOptionalText(row.reference),
    errorToken: row.error_token,
  };
}

/** JSON text needs no `toText`: `JSON.stringify` escapes NULs and lone surrogates by itself. */
export function entryValues(entries: readonly JournalEntry[]): EntryValues[] {
  return entries.map(({ atMicros, kind, data }) => [atMicros, kind, JSON.stringify(data) ?? 'null']);
}

export function entryOf(row: Pick<JournalEntryRow, 'at' | 'kind' | 'data'>): JournalEntry {
  const data: unknown = JSON.parse(row.data);
  return { atMicros: row.at, kind: row.kind, data };
}
