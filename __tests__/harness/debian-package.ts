import { spawnSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, rmdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runFolder } from './run-folder';

/** The first of these programs that PATH holds. */
export function programOnPath(names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  for (const name of names) {
    const found = folders.map((folder) => join(folder, name)).find(isExecutable);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Finds one of the programs, or installs the Debian package that brings it, or says in one sentence what to install. */
export function requireProgram(names: readonly string[], debianPackage: string): string {
  const present = programOnPath(names);
  if (present !== undefined) return present;
  const failure = oneAtATime(() => (programOnPath(names) === undefined ? install(debianPackage) : undefined));
  const installed = programOnPath(names);
  if (installed !== undefined) return installed;
  throw new Error(
    `These tests need ${names.join(' or ')} on PATH: install it (Debian and Ubuntu: ` +
      `apt-get update && apt-get install -y ${debianPackage}); installing it for you failed: ` +
      (failure ?? 'the package brought no such program'),
  );
}

/** Across the workers of a run: apt-get refuses to run twice at a time. */
function oneAtATime<T>(work: () => T): T {
  const lock = join(runFolder(), 'installing');
  while (!taken(lock)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  try {
    return work();
  } finally {
    rmdirSync(lock);
  }
}

function taken(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function install(debianPackage: string): string | undefined {
  const aptGet = programOnPath(['apt-get']);
  if (aptGet === undefined) return 'there is no apt-get';
  const prefix = rootPrefix();
  if (prefix === undefined) return 'this user is not root and sudo asks for a password';
  const environment = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive'];
  const lock = ['-o', 'DPkg::Lock::Timeout=120'];
  process.stderr.write(`installing ${debianPackage} with apt-get\n`);
  // Where one of several sources is away, the package may still be had.
  run([...environment, aptGet, ...lock, 'update', '-q']);
  const failure = run([
    ...environment,
    aptGet,
    ...lock,
    'install',
    '-q',
    '-y',
    '--no-install-recommends',
    debianPackage,
  ]);
  // Debian starts a package's service at once; the tests start their own, and leave nothing running.
  run([...prefix, 'systemctl', 'disable', '--now', debianPackage]);
  return failure;
}

function rootPrefix(): string[] | undefined {
  if (process.getuid?.() === 0) return [];
  const sudo = programOnPath(['sudo']);
  return sudo !== undefined && run([sudo, '-n', 'true']) === undefined ? [sudo, '-n'] : undefined;
}

function run([command = '', ...args]: readonly string[]): string | undefined {
  const result = spawnSync(command, args, { encoding: 'utf8' });
  if (result.status === 0) return undefined;
  return result.error?.message ?? (result.stderr.trim().split('\n').at(-1) || `${command} failed`);
}
