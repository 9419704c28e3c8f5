import { isSuccess, wordsOf, type AriConnection, type RestAsk } from './rest.ts';
import { secondOf } from './channel-ids.ts';
import type { SecondLeg } from './second-leg.ts';

/** One step of the work on a call did not succeed; `message` is what the PBX said. */
export class StepFailed extends Error {
  override readonly name = 'StepFailed';
}

/** The first leg as the event showed it. */
export interface AnsweredFirst {
  readonly id: string;
  readonly name: string;
}

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
  const must = (ask: RestAsk) => sendOrFail(connection, ask);
  await Promise.all([
    must({ method: 'POST', path: ['bridges', first.id], query: { type: 'mixing' } }),
    must(setVariable(first.id, 'TIMEOUT(absolute)', String(leg.seconds + 1))),
    // The answer of a Local channel puts the phone's identity over the one that dial-as implies.
    first.name.startsWith('Local/') ? must(setVariable(first.id, 'CALLERID(all)', leg.caller)) : undefined,
  ]);
  await must(createSecond(first.id, leg, connection.app));
}

/**
 * Joins the second leg with the first, and dials it: joined before it answers, so that the first phone hears it ring, and
 * what the network says meanwhile, and nothing is left to be done by us at the moment of the answer. The PBX itself keeps
 * the time that it rings.
 * @throws StepFailed, NoAnswer, PbxError
 */
export async function dialSecond(connection: AriConnection, firstId: string, seconds: number): Promise<void> {
  const id = secondOf(firstId);
  const members = { channel: `${firstId},${id}` };
  await sendOrFail(connection, { method: 'POST', path: ['bridges', firstId, 'addChannel'], query: members });
  const query = { timeout: String(seconds) };
  await sendOrFail(connection, { method: 'POST', path: ['channels', id, 'dial'], query });
}

/** Both talk: the PBX ends neither of itself any more. A channel that has gone meanwhile is no fault. */
export async function letTalk(connection: AriConnection, firstId: string): Promise<void> {
  await Promise.all(
    [firstId, secondOf(firstId)].map((id) => connection.rest.send(setVariable(id, 'TIMEOUT(absolute)', '0'))),
  );
}

/** The first leg's end is the end of the rest. What is not there any more is no fault. */
export async function endRest(connection: AriConnection, firstId: string): Promise<void> {
  const paths = [
    ['channels', secondOf(firstId)],
    ['bridges', firstId],
  ];
  await Promise.all(paths.map((path) => connection.rest.send({ method: 'DELETE', path })));
}

export async function endFirst(connection: AriConnection, firstId: string): Promise<void> {
  await connection.rest.send({ method: 'DELETE', path: ['channels', firstId] });
}

/** Ends whatever there is of a call. */
export async function endCall(connection: AriConnection, firstId: string): Promise<void> {
  await Promise.all([endFirst(connection, firstId), endRest(connection, firstId)]);
}

/** The second channel, made and not dialled yet. What it shows as connected is what its dialplan sees as the caller. */
function createSecond(
  firstId: string,
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
      originator: firstId,
      variables: {
        'CALLERID(all)': called,
        'CONNECTEDLINE(all,i)': caller,
        ...(account === '' ? {} : { 'CHANNEL(accountcode)': account, 'CHANNEL(peeraccount)': account }),
        'TIMEOUT(absolute)': String(seconds + 2),
      },
    },
  } as const satisfies RestAsk;
}

function setVariable(channelId: string, variable: string, value: string): RestAsk {
  return { method: 'POST', path: ['channels', channelId, 'variable'], query: { variable, value } };
}

async function sendOrFail({ rest }: AriConnection, ask: RestAsk): Promise<void> {
  const answer = await rest.send(ask);
  if (isSuccess(answer)) return;
  throw new StepFailed(
    `${ask.method} ${ask.path.join('/')}: ${answer.status} ${wordsOf(answer) ?? answer.body.slice(0, 200)}`,
  );
}
