import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCipheriv } from 'node:crypto';
import { createSeal, masterKeyId, masterKeyIdOf, SealBroken } from './seal.ts';

const [OLD, NEW] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const seal = createSeal(() => [OLD]);

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
    expect(() => createSeal(() => [NEW]).open(sealed, 'pbx-1')).toThrow(SealBroken);
    for (const broken of [
      '',
      'v1.',
      'v2..',
      `${sealed}A`,
      sealed.replace('v2', 'v3'),
      sealed.replace('v2', 'v1'),
      sealed.slice(0, -4),
    ]) {
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

describe('master keys', () => {
  it('seal with the newest, and open what any of them sealed', () => {
    const before = seal.close('hush', 'pbx-1');
    const both = createSeal(() => [NEW, OLD]);
    const after = both.close('hush', 'pbx-1');
    expect([before, after].map((sealed) => both.open(sealed, 'pbx-1'))).toEqual(['hush', 'hush']);
    expect([before, after].map(masterKeyIdOf)).toEqual([OLD, NEW].map(masterKeyId));
    expect(() => seal.open(after, 'pbx-1')).toThrow(SealBroken);
  });

  it('seal with another one where that is in use, and never with one that is not here', () => {
    const both = createSeal(() => [NEW, OLD]);
    expect(masterKeyIdOf(both.close('hush', 'pbx-1', masterKeyId(OLD)))).toBe(masterKeyId(OLD));
    expect(() => seal.close('hush', 'pbx-1', masterKeyId(NEW))).toThrow(/is not here; copy it/);
  });

  it('are read anew where a secret wants one that is not known, and then alone', () => {
    let keys = [OLD];
    let reads = 0;
    const running = createSeal(() => {
      reads += 1;
      return keys;
    });
    const before = running.close('hush', 'pbx-1', masterKeyId(OLD));
    keys = [NEW];
    expect(running.open(before, 'pbx-1')).toBe('hush');
    expect(reads).toBe(1);
    expect(running.open(createSeal(() => [NEW]).close('hush', 'pbx-1'), 'pbx-1')).toBe('hush');
    expect(reads).toBe(2);
  });

  it('that can not be read any more are a broken seal, and say why', () => {
    let isGone = false;
    const running = createSeal(() => {
      if (isGone) throw new Error('ENOENT: master.key');
      return [OLD];
    });
    isGone = true;
    expect(() => running.open(createSeal(() => [NEW]).close('hush', 'x'), 'x')).toThrow(
      new SealBroken('The master keys can not be read anew: ENOENT: master.key'),
    );
  });

  it('open the seals of before they had names', () => {
    const cipher = createCipheriv('aes-256-gcm', OLD, Buffer.alloc(12, 7)).setAAD(Buffer.from('pbx-1'));
    const body = Buffer.concat([cipher.update('hush'), cipher.final()]);
    const unnamed = `v1.${Buffer.concat([Buffer.alloc(12, 7), cipher.getAuthTag(), body]).toString('base64url')}`;
    expect(createSeal(() => [NEW, OLD]).open(unnamed, 'pbx-1')).toBe('hush');
    expect(masterKeyIdOf(unnamed)).toBe('');
    expect(() => createSeal(() => [NEW]).open(unnamed, 'pbx-1')).toThrow(SealBroken);
  });
});
