import { firstIdOf, firstOf, isFirst, secondOf } from './channel-ids.ts';
import { objectOf, textOf } from './events.ts';
import { endCall, endChannel, letTalk } from './join-second.ts';
import { isSuccess, type AriConnection } from './rest.ts';

/** What there is of the calls, as the PBX lists it. */
export interface Inventory {
  /** The states of all channels: `Down`, `Ringing`, `Up`. */
  readonly channels: ReadonlyMap<string, string>;
  /** The members of all bridges. */
  readonly bridges: ReadonlyMap<string, readonly string[]>;
}

export async function takeInventory(connection: AriConnection): Promise<Inventory> {
  // Bridges first: a call that is put together between the two look-ups is seen without its bridge, and passed over.
  const bridges = new Map(
    (await list(connection, 'bridges')).map((each) => [textOf(each['id']), membersOf(each)]),
  );
  const channels = new Map(
    (await list(connection, 'channels')).map((each) => [textOf(each['id']), textOf(each['state'])]),
  );
  return { channels, bridges };
}

/**
 * Brings what the PBX has in line with what we would have done, had we heard all events: to be called whenever a
 * connection is made. A call that is just being put together, by us or by another process of ours, is left alone: its
 * bridge is still empty, and both its channels come into it at once.
 */
export async function repair(connection: AriConnection, inventory: Inventory): Promise<void> {
  const { channels, bridges } = inventory;
  const calls = [...bridges.keys(), ...[...channels.keys()].map((id) => firstOf(id) ?? '')].filter(isFirst);
  for (const first of new Set(calls)) {
    if (isBroken(first, inventory)) {
      await Promise.all((bridges.get(first) ?? []).map((member) => endChannel(connection, member)));
      await endCall(connection, first);
    } else if (channels.get(secondOf(first)) === 'Up') await letTalk(connection, first);
  }
}

/** Channels in the bridges of our calls that are none of ours by their ids: they have come by a transfer. */
export function standInsOf({ channels, bridges }: Inventory) {
  return [...bridges].flatMap(([firstId, members]) =>
    members
      .filter((channelId) => isFirst(firstId) && firstIdOf(channelId) === undefined)
      .map(
        (channelId) => ({ firstId, side: channels.has(firstId) ? 'second' : 'first', channelId }) as const,
      ),
  );
}

/** Two in its bridge talk, whoever they are after a transfer. */
function isBroken(first: string, { channels, bridges }: Inventory): boolean {
  const members = bridges.get(first) ?? [];
  if (members.length > 1) return false;
  if (!channels.has(first)) return true;
  return members.includes(first) && !channels.has(secondOf(first));
}

function membersOf(bridge: Readonly<Record<string, unknown>>): string[] {
  return Array.isArray(bridge['channels']) ? bridge['channels'].map(textOf) : [];
}

async function list({ rest }: AriConnection, what: 'bridges' | 'channels') {
  const answer = await rest.send({ method: 'GET', path: [what] });
  const json: unknown = isSuccess(answer) ? JSON.parse(answer.body) : [];
  return Array.isArray(json) ? json.map(objectOf) : [];
}
