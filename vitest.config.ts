import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['contract/**/*.test.ts', 'src/**/*.test.ts', 'console/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    globalSetup: 'test/build-console.ts',
    // Both are for a machine that carries much else: what is there is seen at once, what is not is waited for.
    testTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: 120_000,
    pool: 'forks',
    // Two cores carry an Asterisk, a PostgreSQL and the phones beside the tests: more workers only steal time from them.
    maxWorkers: 2,
  },
});
