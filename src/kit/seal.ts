import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** Seals of before master keys could change: `v1.<body>`, which do not say whose they are. */
const UNNAMED = 'v1';
const VERSION = 'v2';
const IV_BYTES = 12;
const TAG_BYTES = 16;
const ID_CHARACTERS = 8;
export const MASTER_KEY_BYTES = 32;

/** The sealed text was not made with a master key that is here, for this place, or was changed since. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/** Seals secrets at rest with AES-256-GCM under one of the installation's master keys. */
export interface Seal {
  /**
   * @param place what the secret belongs to, e.g. a PBX's id: a sealed text moved to another place does not open there.
   * @param keyId which master key is to seal it; the newest unless it is said
   * @returns `v2.<id of the master key>.<base64url of iv, tag and ciphertext>`
   * @throws SealBroken where that master key is not here
   */
  close(plain: string, place: string, keyId?: string): string;
  /** @throws SealBroken */
  open(sealed: string, place: string): string;
  /** The id of the newest master key. */
  newestKeyId(): string;
}

/** A master key's name in what it sealed. It tells nothing of the key. */
export function masterKeyId(key: Buffer): string {
  return createHash('sha256')
    .update('click2call master key ')
    .update(key)
    .digest('hex')
    .slice(0, ID_CHARACTERS);
}

/** Whose a sealed text is; empty where it does not say. */
export function masterKeyIdOf(sealed: string): string {
  return partsOf(sealed).keyId;
}

/**
 * @param readKeys reads the master keys anew, newest first. It is called to seal, and where a sealed text wants a key
 *   that is not known yet: a process that runs notices new keys, and reads none in between.
 * @throws what `readKeys` throws
 */
export function createSeal(readKeys: () => readonly Buffer[]): Seal {
  let keys = readKeys().map(named);
  const readAnew = () => {
    keys = readKeys().map(named);
    const [newest] = keys;
    if (newest === undefined) throw new Error('There is no master key.');
    return newest;
  };
  /** What `find` finds in the keys as they are known, or else in those that are there now. */
  const among = <Found>(find: (known: readonly Named[]) => Found | undefined): Found | undefined => {
    const found = find(keys);
    if (found !== undefined) return found;
    whileReading(readAnew);
    return find(keys);
  };
  return {
    close(plain, place, keyId = readAnew().id) {
      const found = among((known) => known.find(({ id }) => id === keyId));
      if (found === undefined) throw notHere(keyId);
      return `${VERSION}.${keyId}.${encrypt(found.key, plain, place).toString('base64url')}`;
    },
    open(sealed, place) {
      const { keyId, body } = partsOf(sealed);
      if (body.length < IV_BYTES + TAG_BYTES) throw new SealBroken('Not a sealed text.');
      const plain = among((known) =>
        known
          .filter(({ id }) => keyId === '' || keyId === id)
          .map(({ key }) => decrypt(key, body, place))
          .find((text) => text !== undefined),
      );
      if (plain === undefined) throw new SealBroken('No master key that is here sealed this secret.');
      return plain;
    },
    newestKeyId: () => readAnew().id,
  };
}

interface Named {
  readonly id: string;
  readonly key: Buffer;
}

function named(key: Buffer): Named {
  if (key.length !== MASTER_KEY_BYTES) {
    throw new Error(`The master key has ${key.length} bytes; it must have ${MASTER_KEY_BYTES}.`);
  }
  return { id: masterKeyId(key), key };
}

function whileReading(read: () => unknown): void {
  try {
    read();
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new SealBroken(`The master keys can not be read anew: ${said}`, { cause });
  }
}

function notHere(keyId: string): SealBroken {
  return new SealBroken(
    `The master key ${keyId} that is in use is not here; copy it from where click2call rekey was run, or run that here ` +
      'if the key is lost.',
  );
}

function partsOf(sealed: string): { readonly keyId: string; readonly body: Buffer } {
  const [version, ...rest] = sealed.split('.');
  const [keyId = '', body = ''] = version === UNNAMED ? ['', ...rest] : rest;
  const isKnown = (version === UNNAMED && rest.length === 1) || (version === VERSION && rest.length === 2);
  return isKnown ? { keyId, body: Buffer.from(body, 'base64url') } : { keyId: '', body: Buffer.alloc(0) };
}

function encrypt(key: Buffer, plain: string, place: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place));
  const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

/** Undefined where another key, or another place, sealed it. */
function decrypt(key: Buffer, body: Buffer, place: string): string | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, body.subarray(0, IV_BYTES))
    .setAAD(Buffer.from(place))
    .setAuthTag(body.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  const plain = decipher.update(body.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8');
  try {
    return plain + decipher.final('utf8');
  } catch {
    return undefined;
  }
}
