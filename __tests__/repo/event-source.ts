import { join } from 'node:path';
import ts from 'typescript';
import { filesBelow, root, textOf } from './source-tree';

/** The members of each property's type in an interface: what each event carries. */
export function carriedBy(file: string, name: string): Record<string, string[]> {
  const path = join(root, file);
  const program = ts.createProgram([path], { strict: true, noEmit: true, target: ts.ScriptTarget.ES2023 });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(path)!;
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(source)!);
  const events = checker.getDeclaredTypeOfSymbol(exported.find((symbol) => symbol.name === name)!);
  const membersOf = (event: ts.Symbol): string[] =>
    checker.getPropertiesOfType(checker.getTypeOfSymbolAtLocation(event, source)).map((member) => member.name);
  return Object.fromEntries(events.getProperties().map((event) => [event.name, membersOf(event).sort()]));
}

/** Every name that lib emits an event by, as it is written where it is emitted. */
export function emittedNames(): string[] {
  const names = new Set<string>();
  for (const path of filesBelow('lib', '.ts')) {
    const source = ts.createSourceFile(path, textOf(path), ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && isEmit(node.expression)) collect(node.arguments[0]!, names, source);
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return [...names].sort();
}

/** The manager's own emitter is called `events` wherever it is used; `#events` in a class that keeps it. */
function isEmit(called: ts.Expression): boolean {
  return (
    ts.isPropertyAccessExpression(called) &&
    called.name.text === 'emit' &&
    /(^|\W)events$/.test(called.expression.getText())
  );
}

/** `a ? 'one' : 'other'` emits by two names; the condition's own texts are none. */
function collect(name: ts.Expression, names: Set<string>, source: ts.SourceFile): void {
  if (ts.isStringLiteral(name)) names.add(name.text);
  else if (ts.isConditionalExpression(name)) {
    collect(name.whenTrue, names, source);
    collect(name.whenFalse, names, source);
  } else throw new Error(`${source.fileName}: an event is emitted by a name that is not written there`);
}
