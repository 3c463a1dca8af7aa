import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, textOf } from './source-tree';

interface Manifest {
  version: string;
  license?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

interface Lockfile {
  packages: Record<string, Manifest & { resolved?: string; link?: boolean; integrity?: string }>;
}

// Permissive licences that ask for no more than MIT does.
const LICENCES = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0'];

const manifest = JSON.parse(textOf('package.json')) as Manifest;
const lockfile = JSON.parse(textOf('package-lock.json')) as Lockfile;

test.each([
  ['package-lock.json', lockfile],
  ['bench/peers/package-lock.json', JSON.parse(textOf('bench/peers/package-lock.json')) as Lockfile],
])('%s holds checksums and no download addresses', (_, { packages }) => {
  const entries = Object.entries(packages).filter(([path]) => path !== '');
  expect(entries.filter(([, entry]) => entry.resolved !== undefined).map(([path]) => path)).toEqual([]);
  expect(
    entries.filter(([, entry]) => entry.integrity === undefined && !('inBundle' in entry)).map(([path]) => path),
  ).toEqual([]);
});

// Where the registry lacked one when the file was written, `npm ci` refuses on every machine.
test('the lock file holds the binaries of every platform', () => {
  const { packages } = lockfile;
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) =>
        packages[`node_modules/${name}`] === undefined && packages[`${path}/node_modules/${name}`] === undefined,
    ),
  );
  expect(missing).toEqual([]);
});

test('what users install is licensed like MIT', () => {
  const installed = closure(Object.keys(manifest.dependencies ?? {}), root);
  const licences = [...installed].map(([path, { license }]) => ({ path, license }));
  expect(licences.length).toBeGreaterThan(0);
  expect(licences.filter(({ license }) => license === undefined || !LICENCES.includes(license))).toEqual([]);
});

test('ua-parser-js stays below 2, which is AGPL', () => {
  expect(lockfile.packages['node_modules/ua-parser-js']?.version).toMatch(/^1\./);
});

/** The runtime dependencies and theirs, by folder. */
function closure(
  names: readonly string[],
  from: string,
  found = new Map<string, Manifest>(),
): Map<string, Manifest> {
  for (const name of names) {
    const folder = folderOf(name, from);
    if (found.has(folder)) continue;
    const installed = JSON.parse(textOf(join(folder, 'package.json'))) as Manifest;
    found.set(folder, installed);
    closure(Object.keys(installed.dependencies ?? {}), join(root, folder), found);
  }
  return found;
}

function folderOf(name: string, from: string): string {
  for (let folder = from; folder.startsWith(root); folder = join(folder, '..')) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(candidate)) return candidate.slice(root.length + 1);
  }
  throw new Error(`${name} is not installed`);
}
