import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { filesBelow, root, textOf } from './source-tree';

export interface Import {
  from: string;
  /** A path from the root for a file of ours, else the name as it is written. */
  to: string;
  typeOnly: boolean;
}

/** Every import and re-export of lib, types included. */
export function importsOfLib(): Import[] {
  return filesBelow('lib', '.ts').flatMap((from) => {
    const source = ts.createSourceFile(from, textOf(from), ts.ScriptTarget.Latest);
    return source.statements.flatMap((node) => {
      const name = ts.isImportDeclaration(node) || ts.isExportDeclaration(node) ? node.moduleSpecifier : undefined;
      if (name === undefined || !ts.isStringLiteral(name)) return [];
      return [{ from, to: resolve(from, name.text), typeOnly: isTypeOnly(node.getText(source)) }];
    });
  });
}

/** `lib/http/routes/list.ts` is of the layer `http`; a file right in lib is a layer of its own. */
export function layerOf(path: string): string {
  if (path.startsWith('lib/store/conformance/')) return 'conformance';
  return path.split('/')[1]!.replace(/\.ts$/, '');
}

function resolve(from: string, name: string): string {
  if (!name.startsWith('.')) return name;
  const path = normalize(join(dirname(from), name));
  const candidates = [`${path}.ts`, path, `${path}/index.ts`];
  return candidates.find((candidate) => /\.\w+$/.test(candidate) && existsSync(join(root, candidate))) ?? path;
}

function isTypeOnly(statement: string): boolean {
  if (/^(import|export) type\b/.test(statement)) return true;
  const names = /^(?:import|export) \{([^}]*)\}/
    .exec(statement)?.[1]
    ?.split(',')
    .filter((name) => name.trim() !== '');
  return names?.every((name) => /^\s*type\b/.test(name)) === true;
}
