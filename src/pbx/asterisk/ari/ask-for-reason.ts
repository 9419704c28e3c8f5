import { setTimeout as sleep } from 'node:timers/promises';
import type { Disposition } from '../../../../contract/call-words.ts';
import type { Frame } from '../../contract.ts';
import type { AriChannel } from './events.ts';
import { askWhatItSaid, askWhatRang, readReason } from './reason.ts';
import type { AriConnection, RestAsk } from './rest.ts';

/** What the dialplan's tone is told as; it may be told before what the phone said has come over the bridge. */
const TONES: ReadonlySet<string> = new Set(['BUSY', 'CONGESTION']);
/** What is told of a phone, or of a dialplan without one, as long as no phone's refusal is known. */
const NO_REFUSAL: ReadonlySet<Disposition | undefined> = new Set(['busy', 'congestion', 'no_answer']);
/** Seen late on 22.10.1 where the machine was busy, once in some thousand calls. */
const ASK_AGAIN_MS = [40, 80];

/**
 * Asks the first channel why the second leg came to nothing. Of several phones the one that was rung last is asked for: of
 * phones that ring one after the other it is what the call came to.
 *
 * What a phone said comes to the first channel over the bridge, and may come after the tone that the dialplan plays then:
 * where a tone was heard and no phone's refusal is known, the same is asked again a little later.
 * @param word what the second leg's Local channel said of it; '' where it said nothing
 * @returns the answers as they came; none where there is no first channel any more.
 * @throws NoAnswer, PbxError
 */
export async function askForReason(
  connection: AriConnection,
  firstId: string,
  second: AriChannel,
  word: string,
): Promise<readonly Frame[]> {
  const ask = () => askOnce(connection, firstId, second, word);
  let frames = await ask();
  for (const waitMs of ASK_AGAIN_MS) {
    if (!mayComeYet(word, frames)) break;
    await sleep(waitMs);
    // Who has gone meanwhile tells nothing: what was told before stands.
    const again = await ask().catch(() => []);
    if (causeOf(again) !== undefined) frames = again;
  }
  return frames;
}

async function askOnce(
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

function mayComeYet(word: string, frames: readonly Frame[]): boolean {
  return TONES.has(word) && NO_REFUSAL.has(causeOf(frames)?.means);
}

function causeOf(frames: readonly Frame[]) {
  return readReason(frames.at(-1)?.raw ?? '')?.cause;
}
