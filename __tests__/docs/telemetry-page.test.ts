import ts from 'typescript';
import { codeBlocks } from './code-blocks';

const page = 'docs/telemetry.md';
const [setUp] = codeBlocks(page, 'js').filter((block) => block.includes('// telemetry.js'));

type Serializer = (command: string, given: readonly unknown[]) => string;

test('C-log its SDK writes no argument of a command into a span: users, addresses and data are among them', () => {
  const { outputText } = ts.transpileModule(setUp!, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 },
  });
  const given: { dbStatementSerializer?: Serializer }[] = [];
  const named = {
    NodeSDK: jest.fn(() => ({ start: () => undefined })),
    HttpInstrumentation: jest.fn(),
    ExpressInstrumentation: jest.fn(),
    IORedisInstrumentation: jest.fn((options = {}) => void given.push(options as (typeof given)[number])),
  };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- the page's own code
  new Function('require', 'exports', outputText)(() => named, {});
  expect(
    given.map(({ dbStatementSerializer }) => dbStatementSerializer?.('evalsha', ['alice', '192.0.2.7'])),
  ).toEqual(['evalsha']);
});

test('it installs what its SDK imports', () => {
  const installed = codeBlocks(page, 'sh').join('\n');
  const imported = [...setUp!.matchAll(/from '([^']+)'/g)].map(([, name]) => name!);
  expect(imported.filter((name) => !installed.includes(name))).toEqual([]);
});
