import { describe, expect, it } from 'vitest';
import { Passwords, PasswordsBusy } from './passwords.ts';

const PASSWORD = 'correct horse battery';

describe('passwords', () => {
  const passwords = new Passwords();

  it('are kept as argon2id, with the parameters that they were made with, each with a salt of its own', async () => {
    const [one, two] = [await passwords.hash(PASSWORD), await passwords.hash(PASSWORD)];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(one).not.toBe(two);
    expect(await passwords.matches(one, PASSWORD)).toBe(true);
    expect(await passwords.matches(one, `${PASSWORD} `)).toBe(false);
    expect(passwords.isOutdated(one)).toBe(false);
  });

  it('are compared with what was made by the reference implementation', async () => {
    // From its own tests: src/test.c of phc-winner-argon2.
    const known = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(await passwords.matches(known, 'password')).toBe(true);
    expect(await passwords.matches(known, 'differentpassword')).toBe(false);
    expect(passwords.isOutdated(known)).toBe(true);
  });

  it('are the same however an accent was typed', async () => {
    expect(await passwords.matches(await passwords.hash('caf\u00e9 au lait'), 'cafe\u0301 au lait')).toBe(
      true,
    );
  });

  it('take as much work where there is nobody to compare with', async () => {
    const stored = await passwords.hash(PASSWORD);
    /** Of this process, in microseconds: what the machine does besides does not count. */
    const work = async (against: string | undefined) => {
      const from = process.cpuUsage();
      expect(await passwords.matches(against, 'not that one')).toBe(false);
      const { user, system } = process.cpuUsage(from);
      return user + system;
    };
    const [somebody, nobody]: [number[], number[]] = [[], []];
    for (let time = 0; time < 7; time += 1) {
      somebody.push(await work(stored));
      nobody.push(await work(undefined));
    }
    const ratio = Math.min(...nobody) / Math.min(...somebody);
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });

  it('are looked at two at a time, and so many wait at most', async () => {
    const crowd = new Passwords();
    const all = await Promise.allSettled(Array.from({ length: 60 }, () => crowd.hash(PASSWORD)));
    const refused = all.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(8);
    expect(refused[0]).toMatchObject({ reason: expect.any(PasswordsBusy) });
    expect(await crowd.matches(await crowd.hash(PASSWORD), PASSWORD)).toBe(true);
  });
});
