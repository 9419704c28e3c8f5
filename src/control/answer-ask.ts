import type { Directory } from '../directory/directory.ts';
import type { SessionPool } from '../pbx/session-pool.ts';
import type { PlaceCall } from '../switchboard/place-call.ts';
import type { Ask, Told } from './messages.ts';

/** What of a server answers a command. */
export interface Desk {
  readonly directory: Directory;
  readonly sessions: SessionPool;
  readonly placeCall: PlaceCall;
}

/** @throws DirectoryError, SealBroken, StoreError as the command itself would meet them */
export async function* answerAsk(ask: Ask, { directory, sessions, placeCall }: Desk): AsyncGenerator<Told> {
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
    }
  }
}
