import { join } from 'node:path';
import ts from 'typescript';
import { root } from './source-tree';

/** Every word that a method of the manager, or of one of its namespaces, can answer with as its `status`. */
export function answerStatuses(): string[] {
  const path = join(root, 'lib/session-manager.ts');
  const program = ts.createProgram([path], {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(path)!;
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(source)!);
  const manager = checker.getDeclaredTypeOfSymbol(exported.find(({ name }) => name === 'SessionManager')!);

  const typeOf = (symbol: ts.Symbol): ts.Type => checker.getTypeOfSymbolAtLocation(symbol, source);
  const isPublic = ({ name }: ts.Symbol): boolean => !name.startsWith('__#');
  const statuses = new Set<string>();
  const readMethod = (type: ts.Type): void => {
    for (const signature of type.getCallSignatures()) {
      const answer = checker.getAwaitedType(signature.getReturnType());
      for (const part of answer?.isUnion() ? answer.types : [answer]) {
        const status = part?.getProperty('status');
        if (status) for (const word of wordsOf(typeOf(status))) statuses.add(word);
      }
    }
  };
  for (const member of manager.getProperties().filter(isPublic)) {
    readMethod(typeOf(member));
    if (member.name === 'settings') continue;
    for (const inner of typeOf(member).getProperties().filter(isPublic)) readMethod(typeOf(inner));
  }
  return [...statuses].sort();
}

function wordsOf(type: ts.Type): string[] {
  const parts = type.isUnion() ? type.types : [type];
  return parts.map((part) => {
    if (!part.isStringLiteral()) throw new Error('a status that is no closed list of words');
    return part.value;
  });
}
