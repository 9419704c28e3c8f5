import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { newSecretText } from '../kit/ids.ts';
import { sameText } from '../kit/same-text.ts';
import type { KeyKind } from './limits.ts';

/*
 * A key reads `c2c_live_`, 32 random letters and digits (190 bits), and 6 of a checksum over all that stands before it: so a
 * mistyped key is told from an unknown one by itself, and who finds a key in a heap of text can tell that it is one. Keys of
 * before were `c2c_` and 32 characters; they go on working.
 */

const WORDS: Readonly<Record<KeyKind, string>> = { live: 'live', test: 'test', publishable: 'pub' };
const RANDOM_CHARACTERS = 32;
const CHECK_CHARACTERS = 6;
const SHOWN_CHARACTERS = 6;
const KEY = /^c2c_(?:live|test|pub)_[0-9A-Za-z]{38}$/;
const OLD_KEY = /^c2c_[0-9A-Za-z]{32}$/;
/** Finds keys in any text, to mask them. Long enough a beginning counts: half a key is nobody's to read either. */
const KEY_ANYWHERE = /c2c(?:_|%5[fF])(?:(?:live|test|pub)(?:_|%5[fF]))?[0-9A-Za-z]{6,}/g;
/** And secrets of webhooks, whose base64 may be percent-encoded. */
const SECRET_ANYWHERE = /whsec(?:_|%5[fF])[0-9A-Za-z+/=%_-]{6,}/g;
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export function newKeyText(kind: KeyKind): string {
  const text = `c2c_${WORDS[kind]}_${newSecretText(RANDOM_CHARACTERS)}`;
  return text + checksumOf(text);
}

/** Whether a text can be a key at all. */
export function isKeyText(text: string): boolean {
  if (!KEY.test(text)) return OLD_KEY.test(text);
  return sameText(checksumOf(text.slice(0, -CHECK_CHARACTERS)), text.slice(-CHECK_CHARACTERS));
}

/** The beginning of a key by which people recognise it. */
export function shownPrefix(key: string): string {
  return key.slice(0, key.lastIndexOf('_') + 1 + SHOWN_CHARACTERS);
}

/** SHA-256 of the whole key, lower-case hex. */
export function hashOfKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** Text with every key in it masked, and every secret of a webhook. */
export function maskKeys(text: string): string {
  return text.replace(KEY_ANYWHERE, 'c2c_***').replace(SECRET_ANYWHERE, 'whsec_***');
}

/** The CRC-32 in 6 digits of base 62, the most significant first. */
function checksumOf(text: string): string {
  let rest = crc32(text);
  let digits = '';
  for (let at = 0; at < CHECK_CHARACTERS; at += 1) {
    digits = (BASE62[rest % BASE62.length] ?? '') + digits;
    rest = Math.floor(rest / BASE62.length);
  }
  return digits;
}
