import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import config from './jest.config.js';

// Read by the fixtures, in this process and in the ones that Stryker starts.
process.env.TEST_STORES = 'memory';

/** Those that replace a module of Node cannot share a process' modules with the rest: see `every-test.ts`. */
const apart = ['tokens', 'policies', 'use-cases'].flatMap((folder) => {
  const path = join(import.meta.dirname, '__tests__', folder);
  const files = readdirSync(path).filter((name) => readFileSync(join(path, name), 'utf8').includes('jest.mock('));
  return files.map((name) => `<rootDir>/__tests__/${folder}/${name}`);
});

/**
 * For Stryker, which runs the tests once for each change it makes to the code: those of the parts that it changes, on
 * the memory store, without the Redis server that a full run starts.
 */
export default {
  ...config,
  globalSetup: null,
  globalTeardown: null,
  testMatch: ['<rootDir>/__tests__/mutation/every-test.ts', ...apart],
  collectCoverage: false,
};
