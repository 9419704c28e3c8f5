import type { CallPlan } from '../../calls/call.ts';
import { PbxError, type PbxExchange } from '../contract.ts';
import type { CallerId } from './caller-id.ts';
import type { AsteriskSettings } from './settings.ts';

/** An extension's rights and identity, as the PBX has them. */
export interface Identity {
  readonly extension: string;
  /** The dialplan context that its calls run in: its rights. */
  readonly context: string;
  /** `"Name" <number>`; empty parts where the PBX has none. */
  readonly callerId: CallerId;
  readonly accountCode: string;
}

/** Who is rung and as whom: what a plan becomes once the PBX has been asked. */
export interface Parties {
  /** The first number is an extension of the PBX; false: an outside number. */
  readonly firstIsExtension: boolean;
  readonly dialAs: Identity;
}

/**
 * Whose rights: those of `dial_as`, else of the first number where it is an extension, else of the PBX's default.
 * @param find asks the PBX; undefined: it has no such extension.
 * @throws PbxError `dial_as_unknown`, and whatever `find` throws
 */
export async function findParties(
  plan: CallPlan,
  settings: Pick<AsteriskSettings, 'default_dial_as'>,
  find: (extension: string) => Promise<Identity | undefined>,
  exchange: PbxExchange,
): Promise<Parties> {
  const [first, given] = await Promise.all([
    find(plan.first),
    plan.dialAs === undefined ? undefined : find(plan.dialAs),
  ]);
  const firstIsExtension = first !== undefined;
  if (plan.dialAs !== undefined) return { firstIsExtension, dialAs: given ?? unknown(plan.dialAs, exchange) };
  if (first !== undefined) return { firstIsExtension, dialAs: first };

  const fallback = settings.default_dial_as;
  if (fallback === '') throw noDialAs(plan.first, exchange);
  return { firstIsExtension, dialAs: (await find(fallback)) ?? unknown(fallback, exchange) };
}

function unknown(extension: string, exchange: PbxExchange): never {
  throw new PbxError({
    phase: 'before_send',
    code: 'dial_as_unknown',
    said: `dial_as: the PBX has no extension ${extension}`,
    remedy: 'Give a dial_as that is an extension (a PJSIP endpoint) of this PBX.',
    exchange,
  });
}

function noDialAs(first: string, exchange: PbxExchange): PbxError {
  return new PbxError({
    phase: 'before_send',
    code: 'dial_as_unknown',
    said: `dial_as is missing, and dial_first ${first} is no extension of the PBX whose rights could be used`,
    remedy: 'Give a dial_as, or set default_dial_as for this PBX.',
    exchange,
  });
}
