/**
 * The ids of one call: everything about it is found by them, so whoever is connected can go on with any call, also the
 * process that was started after the one that began it.
 *
 * - first leg: the channel id of the plan, `c2c-<uuid>`
 * - second leg: the same and `.second`
 * - their bridge: as the first leg (bridges have names of their own)
 */
const FIRST = /^c2c-[0-9A-Za-z-]{1,64}$/;
const SECOND_SUFFIX = '.second';

export function isFirst(channelId: string): boolean {
  return FIRST.test(channelId);
}

export function secondOf(firstId: string): string {
  return `${firstId}${SECOND_SUFFIX}`;
}

/** The first leg of the call whose second leg this is; undefined where it is none. */
export function firstOf(channelId: string): string | undefined {
  if (!channelId.endsWith(SECOND_SUFFIX)) return undefined;
  const first = channelId.slice(0, -SECOND_SUFFIX.length);
  return isFirst(first) ? first : undefined;
}
