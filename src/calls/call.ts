/** The three kinds that the documented API names; each driver belongs to one. */
export const PBX_KINDS = ['asterisk', 'switchvox', 'other'] as const;
export type PbxKind = (typeof PBX_KINDS)[number];

/**
 * What became of a request, beside the life of the call that it asked for. `originating` is the only one that can change:
 * it is the intent on disk before the PBX was asked, and whoever finds an old one settles it.
 *
 *     refused                          we said no; no PBX was asked
 *     originating ─▶ accepted          the PBX took the order
 *                 ├▶ failed            the PBX said no, or could not be asked
 *                 └▶ in_doubt          asked, and no answer came: it may ring, and is never tried again
 */
export type Outcome = 'refused' | 'originating' | 'accepted' | 'failed' | 'in_doubt';

/** One call as planned: everything a driver needs to know, and nothing that it could be tricked by. */
export interface CallPlan {
  readonly callId: string;
  /** The PBX's id for the first leg, chosen by us before it exists, so that we can ask for it after a crash. */
  readonly channelId: string;
  /** Normalised by `readNumber`: `[0-9*#+]{1,32}`, or a named extension where the PBX's settings allow one. */
  readonly first: string;
  readonly second: string;
  /** The extension whose rights and identity the second leg uses; undefined: whatever `first` implies. */
  readonly dialAs: string | undefined;
  /** Seconds that each leg may ring. */
  readonly timeoutSeconds: number;
  /** What the first phone is to show as the caller's name, where the PBX can; undefined: what its settings say. */
  readonly callerIdName?: string;
}

const PREFIX = 'c2c-';

/** The channel id of a call: what the PBX knows our first leg by. */
export function channelIdOf(callId: string): string {
  return `${PREFIX}${callId}`;
}

/** The call that a channel id of ours belongs to; undefined for one that is not ours. */
export function callIdOf(channelId: string): string | undefined {
  return channelId.startsWith(PREFIX) ? channelId.slice(PREFIX.length) : undefined;
}
