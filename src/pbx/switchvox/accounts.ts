import type { Frame } from '../contract.ts';
import { ExtensionCache } from '../extension-cache.ts';
import type { Box } from './box.ts';
import { itemsOf, textOf, type Node } from './decoder.ts';
import type { ApiRequest } from './encoder.ts';
import * as faults from './faults.ts';
import type { SwitchvoxSettings } from './manifest.ts';
import { question } from './question.ts';

/** An extension as the PBX has it. */
export interface Account {
  readonly extension: string;
  readonly accountId: string;
  /** Empty where the PBX gives none. */
  readonly display: string;
}

/** `Extensions may only contain digits or *`: whatever else was dialled is no extension. */
const EXTENSION = /^[0-9*]{1,32}$/;
const ACCOUNT_ID = /^[0-9]{1,20}$/;
/** The PBX's words for a number that is no extension (10010, 10012) and an account that is none. */
const NO_SUCH = new Set(['10010', '10012', '10014', '84711']);

/** Finds account ids, which is all that `switchvox.call` takes: asked from the PBX, and believed for a while. */
export class Accounts {
  readonly #settings: SwitchvoxSettings;
  readonly #box: Box;
  readonly #cache: ExtensionCache<Account>;

  constructor(settings: SwitchvoxSettings, box: Box, nowMs: () => number) {
    this.#settings = settings;
    this.#box = box;
    this.#cache = new ExtensionCache(settings.cache_seconds, nowMs);
  }

  /**
   * The account of an extension, as an administrator may ask; undefined: the PBX has no such extension.
   * @param exchange gets the frames, where the PBX had to be asked
   * @throws PbxError where it can't be asked, or may not
   */
  async find(extension: string, exchange: Frame[]): Promise<Account | undefined> {
    if (!EXTENSION.test(extension)) return undefined;
    return this.#cache.find(extension, async () => {
      const reply = await this.#ask(
        {
          method: 'switchvox.extensions.getInfo',
          parameters: { extensions: { each: 'extension', values: [extension] } },
        },
        exchange,
      );
      return itemsOf(reply?.['extensions'], 'extension')
        .map(readAccount)
        .find((account) => account?.extension === extension);
    });
  }

  /** The account of the login itself, where that is an extension. */
  own(exchange: Frame[]): Promise<Account | undefined> {
    return this.#cache.find('', async () => {
      const reply = await this.#ask({ method: 'switchvox.users.getMyInfo', parameters: {} }, exchange);
      return itemsOf(reply, 'extension').map(readAccount).at(0);
    });
  }

  forget(extension: string): void {
    this.#cache.forget(extension);
    this.#cache.forget('');
  }

  /** Undefined: the PBX says that there is none. */
  async #ask(request: ApiRequest, exchange: Frame[]): Promise<Node | undefined> {
    const { errors, result } = await question(this.#box, request, this.#settings, exchange);
    if (errors.some(({ code }) => NO_SUCH.has(code))) return undefined;
    if (errors.length > 0) throw faults.lookupRefused(errors, exchange);
    return result;
  }
}

function readAccount(node: Node): Account | undefined {
  const accountId = textOf(node['account_id']) ?? '';
  const extension = textOf(node['number']) ?? '';
  if (!ACCOUNT_ID.test(accountId)) return undefined;
  return { extension, accountId, display: (textOf(node['display']) ?? '').slice(0, 100) };
}
