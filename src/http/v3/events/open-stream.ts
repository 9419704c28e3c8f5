import { isLive, type Principal } from '../../../access/keys.ts';
import { STREAMS_MAX, TooManyStreams, type Opened } from '../../../live/live-events.ts';
import { sessionsOf } from '../../../people/log-in.ts';
import type { V3Deps } from '../deps.ts';
import { Problem } from '../problem.ts';
import type { Answer, Ask } from '../route.ts';

const LAST_EVENT_ID = 'Last-Event-ID';

/** Where a stream is to begin: what the client has, or else what it asked for. @throws Problem */
export function afterOf(ask: Ask, asked: number | undefined): number | undefined {
  const last = ask.header(LAST_EVENT_ID)?.trim() ?? '';
  // A client that has none yet may send it empty.
  if (last === '') return asked;
  if (/^\d{1,15}$/.test(last)) return Number(last);
  throw wrongId(`${LAST_EVENT_ID} can not be ${JSON.stringify(last.slice(0, 64))}; give the id of an event.`);
}

export function wrongId(detail: string): Problem {
  return new Problem('parameter_invalid', detail, {
    errors: [{ field: LAST_EVENT_ID, code: 'parameter_invalid', detail }],
  });
}

/** @throws Problem */
export async function orTooMany<Result>(opening: Promise<Result>): Promise<Result> {
  try {
    return await opening;
  } catch (error) {
    if (!(error instanceof TooManyStreams)) throw error;
    const detail = `The account has ${STREAMS_MAX} streams open here, which is the most; close one first.`;
    throw new Problem('too_many_streams', detail, { headers: { 'retry-after': '5' } });
  }
}

/** Streams until the client goes, the server stops, the key is revoked or expires, or the session ends. Nothing on the way is to hold it back. */
export function streamOf(opened: Opened, principal: Principal, deps: V3Deps): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' },
    stream: (response) => opened.start(response, () => mayGoOn(principal, deps)),
  };
}

async function mayGoOn(
  { tenantId, keyId, person }: Principal,
  { keys, people, clock }: V3Deps,
): Promise<boolean> {
  if (person !== undefined)
    return (await sessionsOf(people, person.userId)).some(({ id }) => id === person.sessionId);
  const key = (await keys.keysOf(tenantId)).find(({ id }) => id === keyId);
  return key !== undefined && isLive(key, clock.nowMicros());
}
