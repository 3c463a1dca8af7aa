import { filesBelow, linesWhere, textOf } from './source-tree';

const MOST_LINES = 250;

const lib = filesBelow('lib', '.ts', '.lua');
const typescript = filesBelow('lib', '.ts').filter((path) => !path.endsWith('.d.ts'));
const all = ['lib', '__tests__', 'examples', 'bench', 'docs'].flatMap((folder) => filesBelow(folder));

test(`no file of lib is longer than ${MOST_LINES} lines, but for the list of all public names`, () => {
  const long = lib.filter((path) => textOf(path).split('\n').length > MOST_LINES);
  expect(long.filter((path) => path !== 'lib/index.ts')).toEqual([]);
});

test('lib exports by name, one by one', () => {
  expect(linesWhere(typescript, (line) => /^export (\*|default)\b/.test(line))).toEqual([]);
});

test('the public surface holds named exports and nothing else', () => {
  const statements = textOf('lib/index.ts')
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
    .split(';')
    .map((statement) => statement.trim())
    .filter(Boolean);
  expect(statements.filter((statement) => !/^export (type )?\{[^}]*\} from '[^']+'$/.test(statement))).toEqual([]);
});

test('lib knows no `any`, and silences no compiler', () => {
  const loose = /:\s*any\b|\bas any\b|<any\b|\bany\[\]|@ts-(ignore|expect-error|nocheck)/;
  expect(linesWhere(typescript, (line) => !/^\s*(\*|\/\/|\/\*)/.test(line) && loose.test(line))).toEqual([]);
});

test('nothing is left to do in the code', () => {
  const mark = new RegExp(['TO', 'DO|FIX', 'ME|XX', 'X'].join(''));
  expect(linesWhere(all, (line) => mark.test(line))).toEqual([]);
});

test('no test is skipped or left alone', () => {
  const tests = filesBelow('__tests__', '.test.ts');
  expect(
    linesWhere(tests, (line) => /\b(describe|test|it)\.(skip|only|todo)\b|\bx(it|describe|test)\(/.test(line)),
  ).toEqual([]);
});
