import { readTextList } from '../../lib/device/structured-list';

test.each([
  ['', []],
  ['"a"', [{ text: 'a', parameters: {} }]],
  [' "a";v="1" ,\t"b"; v="2" ', [member('a', '1'), member('b', '2')]],
  ['"with \\"quotes\\" and \\\\";v="1"', [member('with "quotes" and \\', '1')]],
  ['"comma, semicolon; inside";v="1"', [member('comma, semicolon; inside', '1')]],
  ['"a";v="1", token', [member('a', '1')]],
  ['"a";v="1", "b', [member('a', '1')]],
  ['"a";v="1" "b"', []],
  ['"a";v=1, "b"', []],
  ['"a";="1"', []],
  ['?1', []],
  [',', []],
])('%s', (field, members) => {
  expect(readTextList(field)).toEqual(members);
});

function member(text: string, v: string): object {
  return { text, parameters: { v } };
}

test.each(['"', '\\', ';', ',', ' ', '"a";', '"a",', '"a";a="a"', '"\\"'])(
  'A58 a megabyte of %j is read in one pass',
  (part) => {
    const field = part.repeat(Math.ceil(1_000_000 / part.length));
    const before = process.cpuUsage();
    readTextList(field);
    const { user, system } = process.cpuUsage(before);
    // The square of it would be an hour.
    expect((user + system) / 1_000).toBeLessThan(5_000);
  },
);
