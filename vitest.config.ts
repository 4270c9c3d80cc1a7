import { defineConfig } from 'vitest/config';

// Three groups by what they need (habit 6): `*.test.ts` no weights, `*.model.test.ts` the weights in
// models/, `*.browser.test.ts` the built page and Chromium as well. All run in CI.
// In CI a test that fails is run once more, for real processes and browsers share a machine of unknown load there;
// the log then says "(retry x1)". Elsewhere nothing is repeated.
const shared = {
  environment: 'node' as const,
  pool: 'forks' as const,
  retry: process.env['CI'] === 'true' ? 1 : 0,
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          name: 'plain',
          include: ['{src,web,bench,scripts}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.model.test.ts', '**/*.browser.test.ts', '**/node_modules/**'],
        },
      },
      {
        test: {
          ...shared,
          name: 'models',
          include: ['{src,bench}/**/*.model.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          ...shared,
          name: 'browser',
          include: ['{src,web}/**/*.browser.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
