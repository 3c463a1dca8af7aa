import config from './jest.config.js';

// Read by the fixtures, in this process and in the ones that Stryker starts.
process.env.TEST_STORES = 'memory';

/**
 * For Stryker, which runs the tests once for each change it makes to the code: those of the parts that it changes, on
 * the memory store, without the Redis server that a full run starts.
 */
export default {
  ...config,
  globalSetup: null,
  globalTeardown: null,
  testMatch: [
    '<rootDir>/__tests__/mutation/every-test.ts',
    '<rootDir>/__tests__/use-cases/{timekeeper,revoke-all-retry}.test.ts',
  ],
  collectCoverage: false,
};
