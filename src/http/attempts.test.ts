import { describe, expect, it } from 'vitest';
import { Attempts, TooManyAttempts } from './attempts.ts';

/** How many of so many attempts are taken. */
async function taken(attempts: Attempts, subjects: readonly string[]): Promise<number> {
  const all = await Promise.allSettled(subjects.map((subject) => attempts.take('login', subject)));
  return all.filter(({ status }) => status === 'fulfilled').length;
}

const many = (subject: string) => Array.from({ length: 20 }, () => subject);

describe('attempts', () => {
  it('are so many for each subject and kind, however many come at once', async () => {
    const attempts = new Attempts(5);
    expect(await taken(attempts, many('192.0.2.1'))).toBe(5);
    expect(await taken(attempts, ['192.0.2.2'])).toBe(1);
    await attempts.take('signup', '192.0.2.1');
    const error: unknown = await attempts.take('login', '192.0.2.1').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(TooManyAttempts);
    expect((error as TooManyAttempts).seconds).toBeGreaterThan(0);
    expect((error as TooManyAttempts).seconds).toBeLessThanOrEqual(600);
  });

  it('that were none are given back', async () => {
    const attempts = new Attempts(2);
    for (let time = 0; time < 10; time += 1) {
      await attempts.take('login', '192.0.2.1');
      await attempts.giveBack('login', '192.0.2.1');
    }
    expect(await taken(attempts, many('192.0.2.1'))).toBe(2);
  });

  it('of one IPv6 network are those of one, however its addresses are written', async () => {
    const attempts = new Attempts(5);
    const same = [
      '2001:db8::1',
      '2001:db8:0:0:ffff::',
      '2001:DB8:0:0:1:2:3:4',
      '2001:db8::2',
      '2001:db8::3',
      '2001:db8::4',
    ];
    expect(await taken(attempts, same)).toBe(5);
    expect(await taken(attempts, ['2001:db8:0:1::1', '::1'])).toBe(2);
  });

  it('of one IPv4 address are those of one in IPv6 clothes too, and none of its neighbours', async () => {
    const attempts = new Attempts(2);
    expect(await taken(attempts, ['192.0.2.1', '::ffff:192.0.2.1', '::ffff:c000:201'])).toBe(2);
    expect(await taken(attempts, ['::ffff:192.0.2.2', '::ffff:192.0.2.3', '::ffff:192.0.2.4'])).toBe(3);
  });

  it('are not counted where the setting is 0', async () => {
    expect(await taken(new Attempts(0), many('192.0.2.1'))).toBe(20);
  });
});
