import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['contract/**/*.test.ts', 'src/**/*.test.ts', 'console/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    globalSetup: 'test/build-console.ts',
    testTimeout: 30_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // Two cores carry an Asterisk, a PostgreSQL and the phones beside the tests: more workers only steal time from them.
    maxWorkers: 2,
  },
});
