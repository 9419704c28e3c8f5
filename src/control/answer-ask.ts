import { presentCall } from '../calls/present-call.ts';
import type { Directory } from '../directory/directory.ts';
import type { SessionPool } from '../pbx/session-pool.ts';
import { followCall } from '../switchboard/follow-call.ts';
import type { PlaceCall } from '../switchboard/place-call.ts';
import type { Journal } from '../switchboard/ports.ts';
import type { TrackCalls } from '../switchboard/track-calls.ts';
import type { Ask, Told } from './messages.ts';

/** What of a server answers a command. */
export interface Desk {
  readonly directory: Directory;
  readonly sessions: SessionPool;
  readonly placeCall: PlaceCall;
  readonly calls: TrackCalls;
  readonly journal: Journal;
}

/**
 * @param signal ends the following of a call; what was begun goes on
 * @throws DirectoryError, SealBroken, StoreError, Crowded as the command itself would meet them
 */
export async function* answerAsk(ask: Ask, desk: Desk, signal: AbortSignal): AsyncGenerator<Told> {
  const { directory, sessions, placeCall } = desk;
  const { id: tenantId } = await directory.account(ask.account);
  switch (ask.ask) {
    case 'examine': {
      const pbx = await directory.pbx(tenantId, ask.pbx);
      const { id, revision } = pbx;
      const settings = () => directory.settingsOf(pbx);
      const used = { id, revision, driver: directory.driverOf(pbx), settings };
      for await (const finding of sessions.examine(used, ask.extension)) yield { finding };
      return;
    }
    case 'call': {
      const { answer } = await placeCall.placeCall({ tenantId, keyId: undefined }, ask.asked);
      yield { answer };
      if (!ask.follow || answer.outcome !== 'accepted') return;
      for await (const call of followCall(answer.requestId, desk, signal))
        yield { call: presentCall(call, call.life) };
    }
  }
}
