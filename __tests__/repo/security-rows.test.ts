import { rowsOf } from './markdown-table';
import { filesBelow, textOf } from './source-tree';

const numbered = (letter: string, first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, index) => `${letter}${first + index}`);

// The rows of the checklist that the library answers for so far.
const expected = [
  ...numbered('A', 1, 80),
  ...numbered('B', 1, 31),
  ...[
    'C-fixation',
    'C-theft',
    'C-replay',
    'C-CSRF',
    'C-timing',
    'C-IDOR',
    'C-cache',
    'C-admin',
    'C-lockout-DoS',
    'C-2FA',
    'C-XSS',
    'C-log',
  ],
];

const rows = rowsOf('docs/security.md').map(([id, , where]) => ({ id: id!, where: where! }));

test('docs/security.md lists every row, once', () => {
  expect(rows.map(({ id }) => id)).toEqual(expected);
});

test.each(rows)('$id has a test that names it, or a reason why not', ({ id, where }) => {
  const tests = [...where.matchAll(/__tests__\/[\w./-]+\.test\.ts/g)].map(([path]) => path);
  const named = new RegExp(`(?<![\\w-])${id}(?![\\w-])`);
  expect(tests.filter((path) => !named.test(textOf(path)))).toEqual([]);
  expect(tests.length > 0 || /^(Not |Later|None)/.test(where)).toBe(true);
});

test('every row that a test names is one of the checklist', () => {
  const titles = filesBelow('__tests__', '.test.ts').map(textOf).join('\n');
  const named = [...titles.matchAll(/['"`]((?:[AB]\d+|C-\w+)(?:[ ,]+(?:[AB]\d+|C-\w+))*)[ :]/g)].flatMap(
    ([, ids]) => ids!.split(/[ ,]+/),
  );
  const known = /^(A([1-9]|[1-7]\d|80)|B([1-9]|[12]\d|3[01])|C-[\w]+)$/;
  expect(named.filter((id) => !known.test(id))).toEqual([]);
});
