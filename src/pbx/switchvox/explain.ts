import type { CallPlan } from '../../calls/call.ts';
import type { Explanation, Frame } from '../contract.ts';
import type { Account, Accounts } from './accounts.ts';
import { encodeRequest, UnsafeParameter } from './encoder.ts';
import * as faults from './faults.ts';
import type { SwitchvoxSettings } from './manifest.ts';
import { nameOnFirst, orderRequest } from './order.ts';

/**
 * The account that the call would be made as, and the request that would be sent. What a Switchvox makes of its rules, and
 * whether a phone is registered, it does not say.
 * @param exchange what was asked so far, to find the account
 * @throws PbxError
 */
export async function explain(
  plan: CallPlan,
  dialAs: Account,
  accounts: Accounts,
  settings: SwitchvoxSettings,
  exchange: Frame[],
): Promise<Explanation> {
  const order = requestOf(plan, dialAs, settings, exchange);
  const name = nameOnFirst(plan, settings);
  // A number that is no extension may still be one outside, or of the dialplan.
  const isExtension =
    settings.role === 'administrator' && (await accounts.find(plan.second, exchange)) !== undefined;
  return {
    dialAs: dialAs.extension,
    rights: `account ${dialAs.accountId}`,
    firstShows: name === '' ? plan.second : `"${name}" <${plan.second}>`,
    ...(isExtension ? { secondExists: true } : {}),
    order,
    exchange,
  };
}

/** As it goes over the wire, but for the login. */
function requestOf(plan: CallPlan, dialAs: Account, settings: SwitchvoxSettings, exchange: Frame[]): string {
  const { format } = settings;
  try {
    const body = encodeRequest(orderRequest(plan, dialAs.accountId, settings), format);
    return `POST /${format}\ncontent-type: application/${format}\n\n${body}`;
  } catch (error) {
    if (error instanceof UnsafeParameter) throw faults.unsafe(error, exchange);
    throw error;
  }
}
