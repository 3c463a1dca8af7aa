import { copyFileSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runFolder } from '../harness/run-folder';
import { installedVersion, npm, packed, run } from './tarball';

export interface Consumer {
  write(file: string, text: string): void;
  /** Copies a file of `consumers/`, under another name where one is given. */
  copy(file: string, name?: string): void;
  node(...args: string[]): Promise<string>;
  has(dependency: string): boolean;
}

/**
 * A throw-away app that has installed the packed library and nothing of this repository. Dependencies are name to
 * package, where the package may be an alias here: `{ express: 'express4' }`.
 */
export async function install(dependencies: Record<string, string>): Promise<Consumer> {
  const folder = mkdtempSync(join(runFolder(), 'consumer-'));
  const { path } = await packed('@types/node' in dependencies ? 'all' : 'programs');
  const versions = Object.entries(dependencies).map(([name, source]) => [name, installedVersion(source)]);
  const manifest = {
    name: 'consumer',
    private: true,
    type: 'module',
    dependencies: { sessionkeeper: `file:${path}`, ...(Object.fromEntries(versions) as Record<string, string>) },
  };
  const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
  write('package.json', JSON.stringify(manifest));
  await npm(folder, 'install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts');
  return {
    write,
    copy: (file, name = file) => copyFileSync(join(__dirname, 'consumers', file), join(folder, name)),
    node: (...args) => run(folder, process.execPath, ...args),
    has: (dependency) => existsSync(join(folder, 'node_modules', dependency)),
  };
}
