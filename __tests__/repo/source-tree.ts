import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/** Where package.json is. */
export const root = resolve(__dirname, '../..');

const IGNORED = new Set(['node_modules', 'dist', 'coverage', 'reports', 'site', '.git', '.stryker']);

/** All files below a folder of the repository, as paths from its root; none where the folder does not exist. */
export function filesBelow(folder: string, ...endings: string[]): string[] {
  return walk(join(root, folder))
    .map((path) => relative(root, path))
    .filter((path) => endings.length === 0 || endings.some((ending) => path.endsWith(ending)))
    .sort();
}

export function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The lines for which the rule holds, each as `path:line: text`. */
export function linesWhere(paths: readonly string[], rule: (line: string) => boolean): string[] {
  return paths.flatMap((path) =>
    textOf(path)
      .split('\n')
      .flatMap((line, index) => (rule(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [])),
  );
}

function walk(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true, encoding: 'utf8' });
  return entries
    .filter((entry) => !IGNORED.has(entry.name))
    .flatMap((entry) => (entry.isDirectory() ? walk(join(folder, entry.name)) : [join(folder, entry.name)]));
}
