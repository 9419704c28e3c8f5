import type { CallPlan } from '../../calls/call.ts';
import type { PhoneState } from '../../calls/cause.ts';
import type { Explanation, Frame } from '../contract.ts';
import { uuidOf } from './channel-ids.ts';
import type { EslConnection } from './connection.ts';
import { encodeJob } from './encoder.ts';
import type { FreeswitchSettings } from './manifest.ts';
import { originateLine, shownOnFirst, shownOnSecond, type Parties } from './originate.ts';

/**
 * What the order would be, and whether the first phone could be rung. Whether the second number is in the context can not be
 * asked of a FreeSWITCH.
 * @param exchange what was asked so far, to find out the parties
 * @throws UnsafeValue
 * @throws NoReply
 */
export async function explain(
  connection: EslConnection,
  plan: CallPlan,
  parties: Parties,
  settings: FreeswitchSettings,
  exchange: Frame[],
): Promise<Explanation> {
  const uuid = uuidOf(plan.channelId);
  const line = originateLine(plan, parties, settings, uuid);
  const firstPhone = parties.firstIsExtension
    ? await phoneOf(connection, `${plan.first}@${settings.domain}`, exchange)
    : undefined;
  return {
    dialAs: parties.dialAs.extension,
    rights: parties.dialAs.context,
    firstShows: display(shownOnFirst(plan, parties, settings)),
    secondShows: display(shownOnSecond(parties.dialAs, settings)),
    ...(firstPhone === undefined ? {} : { firstPhone }),
    order: encodeJob(line, uuid).trimEnd(),
    exchange,
  };
}

/** `sofia_contact` of mod_sofia: where a user is registered. A login that may not ask can not know. */
async function phoneOf(connection: EslConnection, at: string, exchange: Frame[]): Promise<PhoneState> {
  const { text, ok, frames } = await connection.api('sofia_contact', at);
  exchange.push(...frames);
  if (text.includes('user_not_registered')) return 'unregistered';
  return ok && text.includes('sip:') ? 'registered' : 'unknown';
}

function display({ name, number }: { readonly name: string; readonly number: string }): string {
  return `"${name}" <${number}>`;
}
