import { Memo } from '../../lib/domain/memo';

function counted(most: number) {
  const worked: string[] = [];
  const memo = new Memo(most, (text) => {
    worked.push(text);
    return text.toUpperCase();
  });
  return { memo, worked };
}

test('works a text out once', () => {
  const { memo, worked } = counted(2);
  expect(['a', 'b', 'a', 'b'].map((text) => memo.of(text))).toEqual(['A', 'B', 'A', 'B']);
  expect(worked).toEqual(['a', 'b']);
});

test('forgets what was not asked for while as many others came as it keeps', () => {
  const { memo, worked } = counted(2);
  for (const text of ['a', 'b', 'c', 'a', 'd', 'a', 'b']) memo.of(text);
  expect(worked).toEqual(['a', 'b', 'c', 'd', 'b']);
});

test('A58 keeps no text that is long', () => {
  const { memo, worked } = counted(2);
  const long = 'x'.repeat(257);
  expect([memo.of(long), memo.of(long)]).toEqual([long.toUpperCase(), long.toUpperCase()]);
  expect(worked).toEqual([long, long]);
});
