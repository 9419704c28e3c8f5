import { describe, expect, it } from 'vitest';
import { isKeyText, maskKeys, newKeyText, shownPrefix } from './key-text.ts';

const OLD = 'c2c_0123456789abcdefABCDEF0123456789';

describe('a key', () => {
  it.each([
    ['live', 'c2c_live_'],
    ['test', 'c2c_test_'],
    ['publishable', 'c2c_pub_'],
  ] as const)('of the kind %s begins with %s, and is told from a mistyped one by itself', (kind, prefix) => {
    const key = newKeyText(kind);
    expect(key).toMatch(new RegExp(`^${prefix}[0-9A-Za-z]{38}$`));
    expect(isKeyText(key)).toBe(true);
    expect(key).not.toBe(newKeyText(kind));
    const last = key.endsWith('a') ? 'b' : 'a';
    for (const at of [prefix.length, prefix.length + 20, key.length - 1])
      expect(isKeyText(key.slice(0, at) + (key[at] === last ? 'c' : last) + key.slice(at + 1))).toBe(false);
    // Two letters that changed places, the commonest slip of all.
    const [one = '', two = ''] = key.slice(12, 14);
    if (one !== two) expect(isKeyText(key.slice(0, 12) + two + one + key.slice(14))).toBe(false);
    expect(isKeyText(key.replace(prefix, 'c2c_'))).toBe(false);
    expect(isKeyText(key.toUpperCase())).toBe(false);
  });

  it('of before has no checksum, and is one all the same', () => {
    expect(isKeyText(OLD)).toBe(true);
    expect([OLD.slice(1), `${OLD}0`, '', 'c2c_', ` ${OLD}`].some(isKeyText)).toBe(false);
  });

  it('is known by its beginning', () => {
    expect(shownPrefix('c2c_live_Ab3dEf012')).toBe('c2c_live_Ab3dEf');
    expect(shownPrefix(OLD)).toBe('c2c_012345');
  });

  it('is masked in any text, in whole and in part', () => {
    for (const key of [newKeyText('live'), newKeyText('test'), newKeyText('publishable'), OLD]) {
      const rest = [
        key,
        key.slice(0, -9),
        encodeURIComponent(key).replaceAll('_', '%5F'),
        key.replaceAll('_', '%5f'),
      ];
      for (const each of rest) {
        const masked = maskKeys(`?api_key=${each}&x=1, "${each}"`);
        expect(masked).toBe('?api_key=c2c_***&x=1, "c2c_***"');
      }
    }
    expect(maskKeys('C2C_SIGNUP and c2c_live_ are no keys')).toBe('C2C_SIGNUP and c2c_live_ are no keys');
  });

  it('is masked as secrets of webhooks are', () => {
    const secret = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD/A5bmk3AY0k=';
    for (const each of [secret, secret.slice(0, 20), encodeURIComponent(secret), secret.replace('_', '%5F')])
      expect(maskKeys(`{"label": "${each}"}`)).toBe('{"label": "whsec_***"}');
    expect(maskKeys('whsec_ begins a secret')).toBe('whsec_ begins a secret');
  });
});
