import type { Frame } from '../contract.ts';
import { ExtensionCache } from '../extension-cache.ts';
import type { EslConnection } from './connection.ts';
import * as faults from './faults.ts';
import type { FreeswitchSettings } from './manifest.ts';
import type { EslReply } from './reply-queue.ts';

/** A user's rights and identity, as the directory has them. Empty where it has none. */
export interface Identity {
  readonly extension: string;
  /** The dialplan context that its calls run in: `user_context`, or the setting `context`. */
  readonly context: string;
  readonly effectiveName: string;
  readonly effectiveNumber: string;
  readonly outboundName: string;
  readonly outboundNumber: string;
  readonly accountCode: string;
  readonly tollAllow: string;
}

/** In the order in which `read` gives their values. */
const VARIABLES = [
  'user_context',
  'effective_caller_id_name',
  'effective_caller_id_number',
  'outbound_caller_id_name',
  'outbound_caller_id_number',
  'accountcode',
  'toll_allow',
] as const;

const CONTEXT = /^[A-Za-z0-9_.-]{1,79}$/;

/** Asks the directory who an extension is, and believes the answer for a while. */
export class Identities {
  readonly #settings: FreeswitchSettings;
  readonly #cache: ExtensionCache<Identity>;

  constructor(settings: FreeswitchSettings, nowMs: () => number) {
    this.#settings = settings;
    this.#cache = new ExtensionCache(settings.cache_seconds, nowMs);
  }

  /**
   * @param extension a number or name that `readNumber` has read.
   * @param exchange gets the frames, where the PBX had to be asked.
   * @returns undefined where the directory knows no such user.
   * @throws PbxError where the login may not ask
   * @throws NoReply
   */
  find(connection: EslConnection, extension: string, exchange: Frame[]): Promise<Identity | undefined> {
    return this.#cache.find(extension, () => this.#ask(connection, extension, exchange));
  }

  async #ask(connection: EslConnection, extension: string, exchange: Frame[]): Promise<Identity | undefined> {
    const { domain, context } = this.#settings;
    const say = (reply: EslReply) => {
      exchange.push(...reply.frames);
      return valueOf(reply);
    };
    const [exists, ...values] = await Promise.all([
      connection.api('user_exists', 'id', extension, domain).then(say),
      ...VARIABLES.map((name) =>
        connection.api('user_data', `${extension}@${domain}`, 'var', name).then(say),
      ),
    ]);
    const [
      userContext = '',
      effectiveName = '',
      effectiveNumber = '',
      outboundName = '',
      outboundNumber = '',
    ] = values;
    const [accountCode = '', tollAllow = ''] = values.slice(5);
    // `user_data` knows a user by its number-alias too, which `user_exists` does not.
    if (exists !== 'true' && userContext === '') return undefined;
    return {
      extension,
      context: context === '' && CONTEXT.test(userContext) ? userContext : context,
      effectiveName,
      effectiveNumber,
      outboundName,
      outboundNumber,
      accountCode,
      tollAllow,
    };
  }
}

/** A result of an API command; FreeSWITCH says `-ERR no reply` for an empty one. */
function valueOf(reply: EslReply): string {
  if (reply.text.startsWith('-ERR no reply')) return '';
  if (!reply.ok) throw faults.lookupDenied(reply.text, reply.frames);
  return reply.text;
}
