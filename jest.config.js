/** The compiler's settings for tests: the same syntax level as the build, as CommonJS. */
const swc = {
  jsc: {
    parser: { syntax: 'typescript' },
    target: 'es2022',
  },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
};

/** `TEST_IOREDIS=6` runs the same tests on the other major version of the peer. */
const ioredis = process.env.TEST_IOREDIS === '6' ? { '^ioredis$': 'ioredis6' } : {};

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  transform: {
    '\\.[cm]?[jt]s$': ['@swc/jest', swc],
    '\\.lua$': '<rootDir>/__tests__/harness/lua-transform.cjs',
  },
  moduleFileExtensions: ['ts', 'js', 'cjs', 'mjs', 'json', 'node'],
  moduleNameMapper: ioredis,
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.stryker/', '<rootDir>/examples/.*/package.json'],
  globalSetup: '<rootDir>/__tests__/harness/global-setup.ts',
  globalTeardown: '<rootDir>/__tests__/harness/global-teardown.ts',
  maxWorkers: 2,
  testTimeout: 20_000,
  collectCoverage: true,
  collectCoverageFrom: ['lib/**/*.ts', '!lib/**/*.d.ts'],
  coverageReporters: ['text', 'html', 'json-summary'],
  coverageThreshold: { global: { lines: 95, branches: 95 } },
};
