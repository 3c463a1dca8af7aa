import config from './jest.config.js';

// Read by the fixtures, in the processes that Jest starts.
process.env.TEST_STORES = 'cluster';

/** HTTP from end to end, on a real cluster of six nodes instead of memory. */
export default {
  ...config,
  testMatch: ['<rootDir>/__tests__/http/**/*.test.ts'],
  // They bring a Redis of their own.
  testPathIgnorePatterns: ['/http/(store-faults|durability)\\.test\\.ts$'],
  globalSetup: '<rootDir>/__tests__/harness/cluster-setup.ts',
  setupFilesAfterEnv: ['<rootDir>/__tests__/harness/cluster-file-end.ts'],
  collectCoverage: false,
};
