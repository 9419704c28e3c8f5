/**
 * The ids of one call: everything about it is found by them, so whoever is connected can go on with any call, also the
 * process that was started after the one that began it.
 *
 * - first leg: the channel id of the plan, `c2c-<uuid>`
 * - second leg: the same and `.second`
 * - their bridge: as the first leg (bridges have names of their own)
 * - of a Local channel this is the half that we deal with; Asterisk gives the one that runs the dialplan `;2` behind it
 */
const FIRST = /^c2c-[0-9A-Za-z-]{1,64}$/;
const SECOND_SUFFIX = '.second';
const FAR_SUFFIX = ';2';

export function isFirst(channelId: string): boolean {
  return FIRST.test(channelId);
}

export function secondOf(firstId: string): string {
  return `${firstId}${SECOND_SUFFIX}`;
}

/** The first leg of the call whose second leg this is; undefined where it is none. */
export function firstOf(channelId: string): string | undefined {
  return ofSuffix(channelId, SECOND_SUFFIX);
}

/** The first leg of the call that a channel of either leg belongs to; undefined: it is none of ours by its id. */
export function firstIdOf(channelId: string): string | undefined {
  return isFirst(channelId) ? channelId : firstOf(channelId);
}

/** The half of a Local channel that runs the dialplan. */
export function farHalfOf(channelId: string): string {
  return `${channelId}${FAR_SUFFIX}`;
}

/** The first leg whose half in the dialplan this is; undefined where it is none. */
export function firstOfFarHalf(channelId: string): string | undefined {
  return ofSuffix(channelId, FAR_SUFFIX);
}

function ofSuffix(channelId: string, suffix: string): string | undefined {
  if (!channelId.endsWith(suffix)) return undefined;
  const first = channelId.slice(0, -suffix.length);
  return isFirst(first) ? first : undefined;
}
