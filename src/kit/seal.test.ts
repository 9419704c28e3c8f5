import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSeal, SealBroken } from './seal.ts';

const seal = createSeal(Buffer.alloc(32, 1));

describe('a sealed secret', () => {
  it('opens to what was sealed, and never looks the same twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (secret) => {
        const [one, two] = [seal.close(secret, 'pbx-1'), seal.close(secret, 'pbx-1')];
        expect(seal.open(one, 'pbx-1')).toBe(secret);
        expect(one).not.toBe(two);
      }),
    );
  });

  it('opens in no other place, with no other key, and not when it was changed', () => {
    const sealed = seal.close('hush', 'pbx-1');
    expect(() => seal.open(sealed, 'pbx-2')).toThrow(SealBroken);
    expect(() => createSeal(Buffer.alloc(32, 2)).open(sealed, 'pbx-1')).toThrow(SealBroken);
    for (const broken of ['', 'v1.', `${sealed}A`, sealed.replace('v1', 'v2'), sealed.slice(0, -4)]) {
      expect(() => seal.open(broken, 'pbx-1')).toThrow(SealBroken);
    }
  });

  it('says nothing of the secret when it does not open', () => {
    const sealed = seal.close('hush', 'pbx-1');
    expect(() => seal.open(sealed, 'pbx-2')).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('hush') }),
    );
  });
});
