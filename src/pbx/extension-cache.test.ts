import { describe, expect, it } from 'vitest';
import { ExtensionCache } from './extension-cache.ts';

function setUp(keepSeconds: number) {
  const now = { ms: 0 };
  const asked: string[] = [];
  const cache = new ExtensionCache<string>(keepSeconds, () => now.ms);
  const find = (extension: string, answer: string | undefined = `account of ${extension}`) =>
    cache.find(extension, () => {
      asked.push(extension);
      return Promise.resolve(answer);
    });
  return { now, asked, cache, find };
}

describe('ExtensionCache', () => {
  it('believes an answer for its time, and then asks again', async () => {
    const { now, asked, find } = setUp(60);
    expect(await find('101')).toBe('account of 101');
    now.ms = 59_999;
    expect(await find('101', 'another')).toBe('account of 101');
    now.ms = 60_000;
    expect(await find('101', 'another')).toBe('another');
    expect(asked).toEqual(['101', '101']);
  });

  it('believes that there is none for three seconds only', async () => {
    const { now, cache, asked, find } = setUp(60);
    const none = () => {
      asked.push('999');
      return Promise.resolve(undefined);
    };
    expect(await cache.find('999', none)).toBeUndefined();
    now.ms = 2_999;
    expect(await cache.find('999', none)).toBeUndefined();
    now.ms = 3_000;
    expect(await find('999')).toBe('account of 999');
    expect(asked).toEqual(['999', '999']);
  });

  it('asks once for those who ask at the same time', async () => {
    const { asked, find } = setUp(60);
    await Promise.all([find('101'), find('101'), find('102')]);
    expect(asked).toEqual(['101', '102']);
  });

  it('remembers no failure', async () => {
    const { cache, find } = setUp(60);
    const failing = cache.find('101', () => Promise.reject(new Error('down')));
    await expect(failing).rejects.toThrow('down');
    expect(await find('101')).toBe('account of 101');
  });

  it('forgets when told to', async () => {
    const { cache, find } = setUp(60);
    await find('101');
    cache.forget('101');
    expect(await find('101', 'another')).toBe('another');
  });

  it('is bounded: what was found longest ago is forgotten first', async () => {
    const { asked, find } = setUp(60);
    for (let extension = 0; extension <= 10_000; extension++) await find(String(extension));
    await find('1');
    expect(asked).toHaveLength(10_001);
    await find('0');
    expect(asked.at(-1)).toBe('0');
  });
});
