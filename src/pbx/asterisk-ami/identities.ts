import type { PbxExchange } from '../contract.ts';
import type { AmiConnection } from './connection.ts';
import * as faults from './faults.ts';
import type { AmiSettings } from './manifest.ts';

/** An extension's rights and identity, as the PBX has them. */
export interface Identity {
  readonly extension: string;
  /** The dialplan context that its calls run in: its rights. */
  readonly context: string;
  /** `"Name" <number>`; empty parts where the PBX has none. */
  readonly callerId: { readonly name: string; readonly number: string };
  readonly accountCode: string;
}

const CACHED_MAX = 10_000;
/** A missing extension is asked for again soon: its administrator may be adding it just now. */
const MISSING_MS = 3_000;
const CONTEXT = /^[A-Za-z0-9_.-]{1,79}$/;

interface Cached {
  readonly found: Promise<Identity | undefined>;
  expiresMs: number;
}

/** Asks the PBX who an extension is, and believes the answer for a while. */
export class Identities {
  readonly #settings: AmiSettings;
  readonly #nowMs: () => number;
  readonly #cache = new Map<string, Cached>();

  constructor(settings: AmiSettings, nowMs: () => number) {
    this.#settings = settings;
    this.#nowMs = nowMs;
  }

  /**
   * @param extension a number or name that `readNumber` has read: it goes into a function call on the PBX.
   * @param exchange gets the frames, where the PBX had to be asked.
   * @returns undefined where the PBX knows no such extension.
   * @throws PbxError where the login may not ask
   * @throws NoReply
   */
  async find(
    connection: AmiConnection,
    extension: string,
    exchange: PbxExchange[number][],
  ): Promise<Identity | undefined> {
    if (this.#settings.lookup === 'none') return this.#configured(extension);
    const cached = this.#cache.get(extension);
    if (cached !== undefined && cached.expiresMs > this.#nowMs()) return cached.found;

    const found = this.#ask(connection, extension, exchange);
    const entry = { found, expiresMs: this.#nowMs() + this.#settings.cache_seconds * 1000 };
    this.#remember(extension, entry);
    try {
      const identity = await found;
      if (identity === undefined) entry.expiresMs = Math.min(entry.expiresMs, this.#nowMs() + MISSING_MS);
      return identity;
    } catch (error) {
      this.#cache.delete(extension);
      throw error;
    }
  }

  /** Without a look-up every extension is as the settings say; there is nobody to ask whether it exists. */
  #configured(extension: string): Identity {
    return {
      extension,
      context: this.#settings.context,
      callerId: { name: '', number: extension },
      accountCode: '',
    };
  }

  #remember(extension: string, entry: Cached): void {
    this.#cache.delete(extension);
    this.#cache.set(extension, entry);
    const oldest = this.#cache.keys().next().value;
    if (this.#cache.size > CACHED_MAX && oldest !== undefined) this.#cache.delete(oldest);
  }

  async #ask(
    connection: AmiConnection,
    extension: string,
    exchange: PbxExchange[number][],
  ): Promise<Identity | undefined> {
    const [context, callerId, accountCode] = await Promise.all(
      ['context', 'callerid', 'accountcode'].map(async (field) => {
        const reply = await connection.request('Getvar', [
          ['Variable', `PJSIP_ENDPOINT(${extension},${field})`],
        ]);
        exchange.push(...reply.frames);
        if (!reply.ok) throw faults.lookupDenied(reply.message, reply.frames);
        return reply.message.get('Value') ?? '';
      }),
    );
    if (context === undefined || !CONTEXT.test(context)) return undefined;
    return {
      extension,
      context: this.#settings.context === '' ? context : this.#settings.context,
      callerId: readCallerId(callerId ?? '', extension),
      accountCode: accountCode ?? '',
    };
  }
}

/** `"Boss" <+12125550100>`, `Boss <201>`, `201`, `<unknown>` or nothing, as `PJSIP_ENDPOINT(x,callerid)` gives it. */
export function readCallerId(text: string, extension: string): { name: string; number: string } {
  const parts = /^\s*"?(?<name>.*?)"?\s*<(?<number>[^<>]*)>\s*$/.exec(text)?.groups;
  const number = (parts?.['number'] ?? (/^[0-9+*#]+$/.test(text) ? text : '')).trim();
  const known = number !== '' && number !== 'unknown';
  return { name: (parts?.['name'] ?? '').trim(), number: known ? number : extension };
}
