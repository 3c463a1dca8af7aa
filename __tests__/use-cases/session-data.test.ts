import fc from 'fast-check';
import { checkData, mergeData } from '../../lib/use-cases/session-data';
import { refusalOf } from '../fixtures/refusal-of';

const messageFor = (data: unknown): string => {
  const error = refusalOf(() => checkData(data));
  expect(error).toMatchObject({ code: 'request_invalid', field: 'data' });
  return error.message;
};

const nested = (depth: number): object => (depth === 0 ? {} : { a: nested(depth - 1) });

test('none given is none', () => {
  expect(checkData(undefined)).toEqual({});
});

test('what comes out is what JSON brings back, and shares nothing with what went in', () => {
  const data = { list: [undefined, { a: 1 }], gone: undefined, date: new Date(0), nan: Number.NaN };
  const checked = checkData(data);
  expect(checked).toEqual({ list: [null, { a: 1 }], date: '1970-01-01T00:00:00.000Z', nan: null });
  expect(checked['list']).not.toBe(data.list);
});

test('any JSON object within the limits comes back as it was', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 })), (data) => {
      const json = JSON.parse(JSON.stringify(data)) as object;
      fc.pre(!JSON.stringify(data).includes('"__proto__"') && Buffer.byteLength(JSON.stringify(data)) <= 16_384);
      expect(checkData(data)).toEqual(json);
    }),
  );
});

test.each([
  ['a text', 'text'],
  ['a number', 1],
  ['null', null],
  ['a list', [1]],
  ['a date', new Date(0)],
  ['what says it is a list', { toJSON: () => [] }],
  ['what says it is nothing', { toJSON: () => undefined }],
  ['a function', () => ({})],
])('%s is refused', (_, data) => {
  expect(messageFor(data)).toBe('data: expected an object');
});

test('what JSON cannot hold is refused, with the reason', () => {
  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  expect(messageFor(circle)).toBe('data: expected what JSON can hold');
  expect(refusalOf(() => checkData(circle)).cause).toBeInstanceOf(TypeError);
});

test.each([
  ['a function', () => 1],
  ['a symbol', Symbol('a')],
  ['a bigint', 1n],
])('%s is refused at any depth, and not left out without a word', (kind, value) => {
  for (const data of [{ value }, { list: [value] }, { a: { b: [{ value }] } }]) {
    expect(messageFor(data)).toBe(`data: expected what JSON can hold, got ${kind}`);
    expect(refusalOf(() => mergeData({}, data)).message).toBe(messageFor(data));
  }
});

test('16 KiB of JSON are taken, and not a byte more', () => {
  const empty = Buffer.byteLength('{"a":""}');
  expect(checkData({ a: 'x'.repeat(16_384 - empty) })).toHaveProperty('a');
  expect(messageFor({ a: 'x'.repeat(16_385 - empty) })).toBe('data: expected at most 16384 bytes of JSON');
  expect(messageFor({ a: 'é'.repeat(8_192) })).toBe('data: expected at most 16384 bytes of JSON');
});

test('64 levels are taken and not one more, however deep it goes', () => {
  expect(checkData(nested(63))).toEqual(nested(63));
  expect(messageFor(nested(64))).toBe('data: expected at most 64 levels');
  const brackets = JSON.parse(`{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`) as object;
  expect(messageFor(brackets)).toMatch(/^data: expected (at most 64 levels|what JSON can hold)$/);
});

test.each(['{"__proto__":{"admin":true}}', '{"a":{"__proto__":null}}', '{"a":[{"b":{"__proto__":1}}]}'])(
  'A57 %s is refused',
  (json) => {
    expect(messageFor(JSON.parse(json))).toBe('data: the key __proto__ is refused');
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  },
);

test('A57 constructor and prototype are keys like any other', () => {
  const data = checkData({ constructor: { prototype: { admin: true } } });
  expect(Object.keys(data)).toEqual(['constructor']);
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});

describe('a change', () => {
  test('lies over what there is, key by key; undefined removes', () => {
    expect(mergeData({ a: 1, b: 2, c: 3 }, { b: 4, c: undefined, d: 5 })).toEqual({ a: 1, b: 4, d: 5 });
  });

  test.each([['a text'], [['a list']], [null], [1], [true]])('%p is refused', (change) => {
    expect(refusalOf(() => mergeData({ a: 1 }, change))).toMatchObject({ code: 'request_invalid', field: 'data' });
  });

  test('A57 with __proto__ is refused', () => {
    expect(refusalOf(() => mergeData({}, JSON.parse('{"__proto__":{"a":1}}'))).message).toContain('__proto__');
  });

  test('is measured together with what there is', () => {
    const half = { a: 'x'.repeat(9_000) };
    expect(refusalOf(() => mergeData(half, { b: 'x'.repeat(9_000) })).message).toContain('16384 bytes');
    expect(mergeData(half, { a: 'x'.repeat(9_000) })).toEqual(half);
  });
});
