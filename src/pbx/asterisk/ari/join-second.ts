import { isSuccess, wordsOf, type AriConnection, type RestAsk } from './rest.ts';
import { secondOf } from './channel-ids.ts';
import { isLocal, type AriChannel } from './events.ts';
import type { SecondLeg } from './second-leg.ts';

/** One step of the work on a call did not succeed; `message` is what the PBX said. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
}

/** A call whose first leg has answered, as the event showed it. */
export interface AnsweredFirst {
  /** The id of the call's first leg: its bridge is called so too. */
  readonly firstId: string;
  /** The channel that stands for it: another where the first phone forwards. */
  readonly channel: AriChannel;
}

/** The channel whose id is that of the whole call: the first leg's. Set on the second, it spares a request to the first. */
const ON_FIRST = (variable: string) => `MASTER_CHANNEL(${variable})`;
const LIMIT = 'TIMEOUT(absolute)';

/**
 * Makes the second channel, and the bridge for both. It is not dialled yet: it is told as StasisStart when it can be put
 * into a bridge, some time after ARI has answered.
 *
 * `TIMEOUT(absolute)` ends both channels should we not be there any more. Tried on 22.10.1 with our process killed.
 * @throws StepFailed, NoAnswer, PbxError
 */
export async function makeSecond(
  connection: AriConnection,
  first: AnsweredFirst,
  leg: SecondLeg,
): Promise<void> {
  // One after the other: the second may be in our hands before ARI has answered that there is a bridge for it.
  const query = { type: 'mixing' };
  await sendOrFail(connection, { method: 'POST', path: ['bridges', first.firstId], query });
  await sendOrFail(connection, createSecond(first, leg, connection.app));
}

/**
 * Joins the second leg with the first, and dials it: joined before it answers, so that the first phone hears it ring, and
 * what the network says meanwhile, and nothing is left to be done by us at the moment of the answer. The PBX itself keeps
 * the time that it rings.
 * @param first the channel that stands for the first leg
 * @throws StepFailed, NoAnswer, PbxError
 */
export async function dialSecond(
  connection: AriConnection,
  firstId: string,
  first: string,
  seconds: number,
): Promise<void> {
  const id = secondOf(firstId);
  const members = { channel: `${first},${id}` };
  await sendOrFail(connection, { method: 'POST', path: ['bridges', firstId, 'addChannel'], query: members });
  const query = { timeout: String(seconds) };
  await sendOrFail(connection, { method: 'POST', path: ['channels', id, 'dial'], query });
}

/** Both talk: the PBX ends neither of itself any more. Channels that have gone meanwhile are no fault. */
export async function letTalk(connection: AriConnection, firstId: string): Promise<void> {
  // One request for both, as ARRAY sets several variables, each as if it were set alone.
  const query = { variable: `ARRAY(${LIMIT},${ON_FIRST(LIMIT)})`, value: '0,0' };
  await connection.rest.send({ method: 'POST', path: ['channels', secondOf(firstId), 'variable'], query });
}

/** Lets the application hear to its end of a channel that it has not made. One that is gone already is no fault. */
export async function followChannel(connection: AriConnection, channelId: string): Promise<void> {
  const path = ['applications', connection.app, 'subscription'];
  await connection.rest.send({ method: 'POST', path, query: { eventSource: `channel:${channelId}` } });
}

export async function endChannel(connection: AriConnection, channelId: string): Promise<void> {
  await connection.rest.send({ method: 'DELETE', path: ['channels', channelId] });
}

/** The end of one leg is the end of the other, and of their bridge. What is not there any more is no fault. */
export async function endWith(connection: AriConnection, firstId: string, other: string): Promise<void> {
  const paths = [
    ['channels', other],
    ['bridges', firstId],
  ];
  await Promise.all(paths.map((path) => connection.rest.send({ method: 'DELETE', path })));
}

/** Ends whatever there is of a call. */
export async function endCall(connection: AriConnection, firstId: string): Promise<void> {
  await Promise.all([endChannel(connection, firstId), endWith(connection, firstId, secondOf(firstId))]);
}

/** The second channel, made and not dialled yet. What it shows as connected is what its dialplan sees as the caller. */
function createSecond(
  { firstId, channel }: AnsweredFirst,
  { endpoint, seconds, caller, called, account }: SecondLeg,
  app: string,
) {
  return {
    method: 'POST',
    path: ['channels', 'create'],
    body: {
      endpoint,
      app,
      appArgs: String(seconds),
      channelId: secondOf(firstId),
      originator: channel.id,
      variables: {
        'CALLERID(all)': called,
        'CONNECTEDLINE(all,i)': caller,
        ...(account === '' ? {} : { 'CHANNEL(accountcode)': account, 'CHANNEL(peeraccount)': account }),
        [LIMIT]: String(seconds + 2),
        [ON_FIRST(LIMIT)]: String(seconds + 1),
        // The answer of a Local channel puts the phone's identity over the one that dial-as implies.
        ...(isLocal(channel) ? { [ON_FIRST('CALLERID(all)')]: caller } : {}),
      },
    },
  } as const satisfies RestAsk;
}

async function sendOrFail({ rest }: AriConnection, ask: RestAsk): Promise<void> {
  const answer = await rest.send(ask);
  if (isSuccess(answer)) return;
  throw new StepFailed(
    `${ask.method} ${ask.path.join('/')}: ${answer.status} ${wordsOf(answer) ?? answer.body.slice(0, 200)}`,
  );
}
