import { type LuaScript, readScript } from './lua-script';
import { filesBelow } from './source-tree';

const scripts = filesBelow('lib', '.lua').map(readScript);
const operations = scripts.filter(({ isPart }) => !isPart);

const pathsWhere = (rule: (script: LuaScript) => boolean): string[] =>
  operations.filter(rule).map(({ path }) => path);

test('there are scripts, all of them in the redis store', () => {
  expect(operations).not.toEqual([]);
  expect(scripts.filter(({ path }) => !path.startsWith('lib/stores/redis/scripts/'))).toEqual([]);
});

test("each script's header names KEYS or says that it takes none, and Returns, and ARGV where it takes any", () => {
  expect(
    pathsWhere(({ header }) => !/^-- KEYS(?:\[1\]| +none)/m.test(header) || !header.includes('-- Returns ')),
  ).toEqual([]);
  expect(
    pathsWhere(({ header, used }) => [...used].join().includes('ARGV') && !header.includes('-- ARGV ')),
  ).toEqual([]);
});

test('a script uses no key and no argument that its header leaves out', () => {
  const unnamed = operations.flatMap(({ path, named, used }) =>
    [...used].filter((name) => !named.has(name)).map((name) => `${path}: ${name}`),
  );
  expect(unnamed).toEqual([]);
});

test('the numbers in a header have no gap', () => {
  const numbers = ({ named }: LuaScript): number[] =>
    [...named].filter((name) => name.startsWith('ARGV')).map((name) => Number(/\d+/.exec(name)![0]));
  expect(pathsWhere((script) => Math.max(0, ...numbers(script)) !== numbers(script).length)).toEqual([]);
});
