import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// Stryker runs the tests for each of its changes. In one file they load the library once, and not once a file: minutes
// instead of hours. `jest.mutation.config.js` adds those that replace a module of Node and must stay by themselves.
for (const folder of ['tokens', 'policies', 'use-cases']) {
  const path = join(__dirname, '..', folder);
  const files = readdirSync(path).filter((name) => name.endsWith('.test.ts'));
  for (const file of files.filter((name) => !readFileSync(join(path, name), 'utf8').includes('jest.mock('))) {
    // In a block of its own: a file's hooks are for that file alone.
    describe(`${folder}/${file}`, () => void jest.requireActual(join(path, file)));
  }
}
