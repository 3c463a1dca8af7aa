import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { runFolder } from '../harness/run-folder';

const root = resolve(__dirname, '../..');
const execute = promisify(execFile);

export interface Tarball {
  path: string;
  /** Paths inside the package. */
  files: string[];
}

/**
 * Packs what `npm publish` would send. `npm test` has built dist before; otherwise it is built here, once: without declarations, which
 * take a minute, where only `programs` are to run on it.
 */
export async function packed(use: 'all' | 'programs' = 'all'): Promise<Tarball> {
  const [file, script] = use === 'all' ? ['index.d.cts', 'build'] : ['index.cjs', 'build:fast'];
  if (!existsSync(join(root, 'dist', file))) await npm(root, 'run', script);
  const folder = mkdtempSync(join(runFolder(), 'pack-'));
  const output = await npm(root, 'pack', '--ignore-scripts', '--json', '--pack-destination', folder);
  const [report] = JSON.parse(output) as [{ filename: string; files: { path: string }[] }];
  return { path: join(folder, report.filename), files: report.files.map(({ path }) => path) };
}

/** What a program prints. What it printed on stderr is in the error when it fails. */
export async function run(folder: string, program: string, ...args: string[]): Promise<string> {
  try {
    const { stdout } = await execute(program, args, { cwd: folder, env: environment(), maxBuffer: 2 ** 26 });
    return stdout;
  } catch (cause) {
    const { stdout = '', stderr = '' } = cause as { stdout?: string; stderr?: string };
    throw new Error(`${program} ${args.join(' ')} failed\n${stdout}\n${stderr}`, { cause });
  }
}

export function npm(folder: string, ...args: string[]): Promise<string> {
  return run(folder, 'npm', ...args);
}

/** The version that this repository has installed: npm has it in its cache. */
export function installedVersion(name: string): string {
  return (JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')) as { version: string })
    .version;
}

// `npm test` tells its children to work on this repository; a consumer is another package.
function environment(): NodeJS.ProcessEnv {
  const ours = /^(npm_config_local_prefix|npm_package_.*|npm_lifecycle_.*|NODE_ENV|REDIS_URL)$/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
}
