import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const VERSION = 'v1';
const IV_BYTES = 12;
const TAG_BYTES = 16;
export const MASTER_KEY_BYTES = 32;

/** The sealed text was not made with this key for this place, or was changed since. */
export class SealBroken extends Error {
  override readonly name = 'SealBroken';
}

/** Seals secrets at rest with AES-256-GCM under the installation's master key. */
export interface Seal {
  /**
   * @param place what the secret belongs to, e.g. a PBX's id: a sealed text moved to another place does not open there.
   * @returns `v1.<base64url of iv, tag and ciphertext>`
   */
  close(plain: string, place: string): string;
  /** @throws SealBroken */
  open(sealed: string, place: string): string;
}

export function createSeal(masterKey: Buffer): Seal {
  if (masterKey.length !== MASTER_KEY_BYTES) {
    throw new Error(`The master key has ${masterKey.length} bytes; it must have ${MASTER_KEY_BYTES}.`);
  }
  return {
    close(plain, place) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', masterKey, iv).setAAD(Buffer.from(place));
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return `${VERSION}.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    open(sealed, place) {
      const [version, body] = sealed.split('.');
      const bytes = Buffer.from(body ?? '', 'base64url');
      if (version !== VERSION || bytes.length < IV_BYTES + TAG_BYTES)
        throw new SealBroken('Not a sealed text.');
      try {
        const decipher = createDecipheriv('aes-256-gcm', masterKey, bytes.subarray(0, IV_BYTES))
          .setAAD(Buffer.from(place))
          .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
        return (
          decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
        );
      } catch (cause) {
        throw new SealBroken('The master key is not the one that sealed this secret.', { cause });
      }
    },
  };
}
