import config from './jest.config.js';

/**
 * For Stryker, which runs the tests once for each change it makes to the code: those of the pure parts, without the
 * Redis server that a full run starts.
 */
export default {
  ...config,
  globalSetup: null,
  globalTeardown: null,
  testMatch: ['<rootDir>/__tests__/{tokens,policies,use-cases}/**/*.test.ts'],
  collectCoverage: false,
};
