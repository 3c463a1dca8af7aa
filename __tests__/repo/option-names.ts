import { join } from 'node:path';
import ts from 'typescript';
import { root } from './source-tree';

const declaredIn = (folder: string, symbol: ts.Symbol | undefined): boolean =>
  symbol?.declarations?.some((node) => node.getSourceFile().fileName.startsWith(join(root, folder))) === true;

/** Every option of an interface, those of nested groups with their path: `lifetimes.accessToken`. */
export function optionNames(file: string, name: string): string[] {
  const program = ts.createProgram([join(root, file)], {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2023,
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(join(root, file))!;
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(source)!);
  const options = exported.find((symbol) => symbol.name === name);
  if (options === undefined) throw new Error(`${file} exports no ${name}`);

  const namesOf = (type: ts.Type, prefix: string): string[] =>
    checker.getPropertiesOfType(type).flatMap((property) => {
      const path = `${prefix}${property.name}`;
      const group = groupIn(checker.getTypeOfSymbolAtLocation(property, source));
      return group === undefined ? [path] : namesOf(group, `${path}.`);
    });
  return namesOf(checker.getDeclaredTypeOfSymbol(options), '');
}

/** The `…Options` interface that an option takes, where it takes one. */
function groupIn(type: ts.Type): ts.Type | undefined {
  const parts = type.isUnion() ? type.types : [type];
  return parts.find(({ symbol }: { symbol?: ts.Symbol }) => {
    return symbol?.name.endsWith('Options') === true && declaredIn('lib/options', symbol);
  });
}
