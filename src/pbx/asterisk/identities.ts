import { ExtensionCache } from '../extension-cache.ts';
import { readCallerId } from './caller-id.ts';
import type { Identity } from './identity.ts';
import type { AsteriskSettings } from './settings.ts';

/**
 * Reads a dialplan function on the PBX, e.g. `PJSIP_ENDPOINT(101,context)`; '' where it has no value.
 * @throws PbxError where the login may not ask; whatever the link throws where it breaks
 */
export type ReadFunction = (expression: string) => Promise<string>;

/** It goes into a function call on the PBX. */
const EXTENSION = /^[A-Za-z0-9._*#+-]{1,80}$/;
const CONTEXT = /^[A-Za-z0-9_.-]{1,79}$/;

/** Asks the PBX who an extension is, and believes the answer for a while. */
export class Identities {
  readonly #settings: AsteriskSettings;
  readonly #cache: ExtensionCache<Identity>;

  constructor(settings: AsteriskSettings, nowMs: () => number) {
    this.#settings = settings;
    this.#cache = new ExtensionCache(settings.cache_seconds, nowMs);
  }

  /**
   * @param extension a number or name that `readNumber` has read
   * @returns undefined where the PBX knows no such extension.
   * @throws whatever `read` throws
   */
  async find(extension: string, read: ReadFunction): Promise<Identity | undefined> {
    if (!EXTENSION.test(extension)) return undefined;
    if (this.#settings.lookup === 'none') return this.#configured(extension);
    return this.#cache.find(extension, () => this.#ask(extension, read));
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

  async #ask(extension: string, read: ReadFunction): Promise<Identity | undefined> {
    const [context = '', callerId = '', accountCode = ''] = await Promise.all(
      ['context', 'callerid', 'accountcode'].map((field) => read(`PJSIP_ENDPOINT(${extension},${field})`)),
    );
    if (!CONTEXT.test(context)) return undefined;
    return {
      extension,
      context: this.#settings.context === '' ? context : this.#settings.context,
      callerId: readCallerId(callerId, extension),
      accountCode,
    };
  }
}
