import type { Frame } from '../../contract.ts';
import type { AriChannel } from './events.ts';
import { askWhatItSaid, askWhatRang, readReason } from './reason.ts';
import type { AriConnection, RestAsk } from './rest.ts';

/**
 * Asks the first channel why the second leg came to nothing. Of several phones the one that was rung last is asked for: of
 * phones that ring one after the other it is what the call came to.
 * @returns the answers as they came; none where there is no first channel any more.
 * @throws NoAnswer, PbxError
 */
export async function askForReason(
  connection: AriConnection,
  firstId: string,
  second: AriChannel,
  word: string,
): Promise<readonly Frame[]> {
  const ask = async (question: RestAsk) => (await connection.rest.send(question)).frames[1];
  const first = await ask(askWhatRang(firstId, second, word));
  const phone = readReason(first.raw)?.phones.at(-1);
  return phone === undefined ? [first] : [first, await ask(askWhatItSaid(firstId, phone))];
}
