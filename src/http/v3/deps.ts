import type { LinkStore } from '../../access/ports.ts';
import type { AuditStore } from '../../audit/ports.ts';
import type { Installation } from '../../../contract/v3/installation.ts';
import type { PeopleDeps } from '../../people/deps.ts';
import type { Tenant } from '../../directory/ports.ts';
import type { Logger } from '../../kit/logger.ts';
import type { Directory } from '../../directory/directory.ts';
import type { SessionPool } from '../../pbx/session-pool.ts';
import type { LiveEvents } from '../../live/live-events.ts';
import type { AwaitCall } from '../../switchboard/await-call.ts';
import type { Breaker } from '../../switchboard/breaker/breaker.ts';
import type { BreakerStore } from '../../switchboard/breaker/ports.ts';
import type { ExplainCall } from '../../switchboard/explain-call.ts';
import type { HangUp } from '../../switchboard/hang-up.ts';
import type { PlaceCall } from '../../switchboard/place-call.ts';
import type { Journal } from '../../switchboard/ports.ts';
import type { KeyDoor } from '../key-holder.ts';
import type { Self } from '../c2c-v2/present.ts';
import type { Deliverer } from '../../webhooks/deliverer.ts';
import type { UsageStore } from '../../usage/ports.ts';
import type { Webhooks } from '../../webhooks/webhooks.ts';

/** What the handlers of `/v3` work with. */
export interface V3Deps extends KeyDoor {
  readonly links: LinkStore;
  readonly freezes: BreakerStore;
  readonly breaker: Breaker;
  readonly directory: Directory;
  readonly journal: Journal;
  readonly placeCall: PlaceCall;
  readonly awaitCall: AwaitCall;
  readonly hangUp: HangUp;
  readonly explainCall: ExplainCall;
  readonly sessions: SessionPool;
  /** Asked for at each answer: the port may be known only after the server listens. */
  readonly self: () => Self;
  readonly live: LiveEvents;
  readonly webhooks: Webhooks;
  readonly deliverer: Deliverer;
  readonly usage: UsageStore;
  readonly people: PeopleDeps;
  readonly audit: AuditStore;
  readonly log: Logger;
  /** Puts into a new account what this installation gives to each: a PBX in the box. */
  readonly furnish: (account: Tenant) => Promise<void>;
  /** What everybody may know. */
  readonly installation: () => Installation;
  /** Aborted when the server begins to close: whoever waits or streams ends then, and nobody waits for them. */
  readonly closing: AbortSignal;
}
