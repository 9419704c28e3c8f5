import type { CallState, Disposition } from '../../contract/call-words.ts';
import type { Outcome } from '../calls/call.ts';
import type { PeopleOp } from './people-op.ts';
import type { JournalEntry } from '../switchboard/ports.ts';
import type {
  AttemptRow,
  DeliveryRow,
  HabitRow,
  KeyFreezeRow,
  KeyRow,
  LinkRow,
  PbxRow,
  TenantRow,
  WebhookRow,
} from './schema.ts';
import type { Columns } from './statement.ts';

/** A call's row without its `next_seq`, in this order: arrays cross to a worker twice as fast as objects. */
export type CallValues = readonly [
  id: string,
  tenantId: string,
  keyId: string | null,
  pbxId: string | null,
  pbxName: string | null,
  outcome: Outcome,
  askedAt: number,
  first: string | null,
  second: string | null,
  dialAs: string | null,
  errorToken: string,
  life: LifeValues,
  reference: string | null,
  tendedBy: string | null,
];

/** What the row has of a call's life: twice for the queries, and all of it. */
export type LifeValues = readonly [state: CallState, disposition: Disposition | null, json: string];

export type AdvanceValues = readonly [
  callId: string,
  tenantId: string,
  version: number,
  outcome: Outcome,
  life: LifeValues,
  /** Null: whoever tended it. */
  tendedBy: string | null,
  talk: TalkValues | null,
];

/** When both began to talk, and for how many microseconds: of a call that is over. */
export type TalkValues = readonly [connectedAt: number, micros: number];

export type EntryValues = readonly [at: number, kind: JournalEntry['kind'], json: string];
export type GuardValues = readonly [fingerprint: string, windowMicros: number];

/** What goes into a log of the audit, where the op finds something to write. */
export type ActValues = readonly [
  log: string,
  at: number,
  actorKind: string,
  actorName: string,
  action: string,
  subject: string,
  detail: string,
];

/** What came of an attempt to deliver: see `Settlement`. */
export interface SettleValues {
  readonly attempt: Columns<AttemptRow>;
  readonly outcome: 'delivered' | 'given_up' | 'retry';
  readonly due: number;
  readonly retryAt: number;
}

/** A write for what is to be delivered. */
export type WebhookOp =
  | readonly ['claim', webhookId: string, now: number, lease: number, limit: number]
  | readonly ['settle', settled: SettleValues]
  | readonly ['release', webhookId: string, id: string, attempt: number, now: number]
  | readonly ['queueTest', row: Columns<DeliveryRow>]
  | readonly ['requeue', webhookId: string, id: string, now: number, until: number]
  | readonly ['pruneDeliveries', webhookId: string, beforeId: string, limit: number]
  | readonly ['forgetWebhook', webhookId: string];

/** One write, as it waits in the queue and crosses to the writer. */
export type Op =
  | readonly ['open', call: CallValues, entries: readonly EntryValues[], guard: GuardValues | null]
  | readonly ['refuse', call: CallValues, entries: readonly EntryValues[]]
  | readonly ['advance', step: AdvanceValues, entries: readonly EntryValues[]]
  | readonly ['append', callId: string, entries: readonly EntryValues[]]
  | readonly ['beat', tender: string, at: number]
  | readonly ['farewell', tender: string]
  | readonly ['pruneClicks', after: string, now: number, limit: number]
  | readonly ['keyUsed', keyId: string, at: number, unlessSince: number]
  | readonly ['addTenant', row: TenantRow, acts: readonly ActValues[]]
  | readonly ['addPbx', row: PbxRow, act: ActValues]
  | readonly ['changePbx', id: string, settings: string, sealed: string, act: ActValues]
  | readonly ['sealWith', masterKeyId: string, act: ActValues]
  | readonly ['reseal', place: string, from: string, to: string]
  | readonly ['removePbx', tenantId: string, name: string, act: ActValues]
  | readonly ['setPolicy', tenantId: string, policy: string, act: ActValues]
  | readonly ['freezeKey', row: Columns<KeyFreezeRow>, act: ActValues]
  | readonly [
      'unfreezeKey',
      tenantId: string,
      keyId: string,
      at: number,
      learnt: readonly Columns<HabitRow>[],
      act: ActValues,
    ]
  | readonly ['learn', rows: readonly Columns<HabitRow>[]]
  | readonly ['forgetHabits', keyId: string, beforeDay: number]
  | readonly ['addKey', row: KeyRow, act: ActValues]
  | readonly ['rotateKey', row: KeyRow, oldId: string, oldExpiresAt: number, acts: readonly ActValues[]]
  | readonly ['revokeKey', tenantId: string, id: string, at: number, act: ActValues]
  | readonly ['addLink', row: Columns<LinkRow>, act: ActValues]
  | readonly ['revokeLink', tenantId: string, id: string, at: number, act: ActValues]
  | readonly ['takeLink', id: string, now: number, apart: number]
  | readonly ['returnLink', id: string]
  | readonly ['addWebhook', row: Columns<WebhookRow>, act: ActValues]
  | readonly ['changeWebhook', change: WebhookPart<'url' | 'types' | 'label'>, act: ActValues]
  | readonly ['rotateWebhook', change: WebhookPart<'sealed'>, act: ActValues]
  | readonly ['turnWebhook', turn: WebhookPart<'state' | 'reason'>, act: ActValues]
  | readonly ['resumeWebhook', tenantId: string, id: string, now: number, act: ActValues]
  | readonly ['pauseFailing', id: string, since: number, reason: string, act: ActValues]
  | PeopleOp
  | WebhookOp;

type WebhookPart<Column extends keyof WebhookRow> = Pick<Columns<WebhookRow>, 'id' | 'tenant_id' | Column>;

/** What an op with a seal comes to where the seal is not of the master key that is in use. */
export const OUTDATED_SEAL = 'outdated seal';

/**
 * What an op comes to:
 * - `open`: the id of the call that it repeats, or null
 * - `advance`: the place of its last event in the feed (0: no events), false where the call has changed, null where there is none
 * - `append`: null where there is no such call
 * - `claim`: what was taken up, as JSON; null where nothing may be sent to that webhook
 * - `settle`: since when the webhook fails, null where it does not or where that failure is counted already
 * - `pruneDeliveries`: how many there were
 * - `pruneClicks`: the last fingerprint that it looked at, null at the table's end
 * - `addPbx`, `changePbx`, `reseal`, `addWebhook`, `rotateWebhook`: `OUTDATED_SEAL`, or as the others
 * - `addPerson`, `changeRole`, `removeMember`: as `PeopleStore` has it
 * - the others: whether they found something to write
 */
export type OpValue = string | number | boolean | null;

/** A power cut may lose these where nothing durable followed; all others are on the disk (fsync) when they resolve. */
const LAZY: ReadonlySet<Op[0]> = new Set([
  'refuse',
  'advance',
  'append',
  'pruneClicks',
  'keyUsed',
  'touchLogin',
  'takeLink',
  'returnLink',
  'learn',
  'forgetHabits',
  'claim',
  'settle',
  'release',
  'pruneDeliveries',
  'forgetWebhook',
]);

export function isDurable(op: Op): boolean {
  return !LAZY.has(op[0]);
}

/** All that changes the directory locks its one number first, before any call or key: such ops come one after another. */
export const DIRECTORY_LOCK = ' directory';
const CHANGES: ReadonlySet<Op[0]> = new Set([
  'addTenant',
  'addPbx',
  'changePbx',
  'sealWith',
  'reseal',
  'removePbx',
  'setPolicy',
  'freezeKey',
  'unfreezeKey',
  'addKey',
  'rotateKey',
  'revokeKey',
  'addLink',
  'revokeLink',
  'addWebhook',
  'changeWebhook',
  'rotateWebhook',
  'turnWebhook',
  'resumeWebhook',
  'pauseFailing',
  'addPerson',
  'changeRole',
  'removeMember',
  'changePerson',
  'addLogin',
  'endLogin',
  'addTicket',
  'removeTicket',
  'note',
]);

/** Names the row that an op's first statement locks; empty where it locks none that another op could want. */
export function lockOf(op: Op): string {
  if (op[0] === 'open') return op[3] === null ? '' : `click ${op[3][0]}`;
  // Sorted by account: two processes take the locks of feeds in the same order.
  if (op[0] === 'advance') return `call ${op[1][1]} ${op[1][0]}`;
  if (op[0] === 'append') return `call ${op[1]}`;
  // Sorted by webhook too, for the same reason: a failure is counted there.
  if (op[0] === 'settle') return `delivery ${op[1].attempt.webhook_id} ${op[1].attempt.delivery_id}`;
  if (op[0] === 'release' || op[0] === 'requeue') return `delivery ${op[1]} ${op[2]}`;
  if (op[0] === 'takeLink' || op[0] === 'returnLink') return `link ${op[1]}`;
  if (op[0] === 'keyUsed') return `key ${op[1]}`;
  if (op[0] === 'touchLogin') return `login ${op[1]}`;
  return CHANGES.has(op[0]) ? DIRECTORY_LOCK : op[0];
}
