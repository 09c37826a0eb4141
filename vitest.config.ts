import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 180_000,
    hookTimeout: 240_000,
    pool: 'forks',
    maxWorkers: 2,
    // The files of a worker share their modules: importing them anew for each file took more than half of the suite's processor time.
    // So no test may change what a module keeps; each makes its own folders and databases.
    isolate: false,
  },
});
