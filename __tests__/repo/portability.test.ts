import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import { root } from './source-tree';

/** What git would store: tracked files and new ones that nothing ignores. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(root, path)));

// Joined here, so that this file does not hold what it forbids.
const REGISTRY_HOSTS = ['registry.' + 'npmjs', 'registry.' + 'yarnpkg', 'npm.pkg.' + 'github'];

const machine = [root, homedir(), hostname()].filter((name) => name.length > 5);

test.each([...REGISTRY_HOSTS, ...machine])('no file holds %s', (text) => {
  const holding = files.filter((path) => readFileSync(join(root, path), 'utf8').includes(text));
  expect(holding).toEqual([]);
});

test('no environment file and no key is in the repository', () => {
  expect(files.filter((path) => /(^|\/)\.env(\.|$)|\.(pem|key|p12)$/.test(path))).toEqual([]);
});
