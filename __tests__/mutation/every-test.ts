import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

// Stryker runs the tests for each of its changes. In one file they load the library once, not once a file: minutes
// instead of hours. Those that replace a module of Node must stay by themselves.
const apart = /jest\.mock/;

for (const folder of ['tokens', 'policies', 'use-cases']) {
  const path = join(__dirname, '..', folder);
  for (const file of readdirSync(path).filter((name) => name.endsWith('.test.ts'))) {
    if (apart.test(readFileSync(join(path, file), 'utf8'))) continue;
    // Hooks at the top of a file count for that file alone.
    describe(`${folder}/${file}`, () => void jest.requireActual(join(path, file)));
  }
}
