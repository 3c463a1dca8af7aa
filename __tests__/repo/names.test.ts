import { filesBelow } from './source-tree';

const BANNED = ['utils', 'util', 'helpers', 'helper', 'shared', 'common', 'misc'];

const files = ['lib', '__tests__', 'examples', 'bench'].flatMap((folder) => filesBelow(folder));

test('a name says what is inside, never utils, helpers, shared, common or misc', () => {
  const words = (path: string): string[] => path.split(/[/.-]/);
  expect(files.filter((path) => words(path).some((word) => BANNED.includes(word)))).toEqual([]);
});

test('files of code are named in kebab-case', () => {
  const named = files.filter((path) => /\.(ts|js|cjs|lua)$/.test(path));
  expect(named.filter((path) => !/^[a-z0-9]+([.-][a-z0-9]+)*$/.test(path.split('/').at(-1)!))).toEqual([]);
});
