import fc from 'fast-check';
import { type CursorScope, readCursor, writeCursor } from '../../lib/use-cases/cursor';
import { refusalOf } from '../fixtures/refusal-of';

const scope: CursorScope = ['sessions', 'alice', null, 5];
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const refused = { code: 'request_invalid', field: 'cursor' };

test('a cursor gives back the position it was written from', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.nat(), fc.string({ maxLength: 20 })), { maxLength: 3 }), (position) => {
      expect(readCursor(writeCursor(position, scope), scope)).toEqual(position);
    }),
  );
});

test('a cursor is text that a query takes as it is', () => {
  expect(writeCursor(['active', 1, 'ü \u{1f511}'], scope)).toMatch(/^[\w-]+$/);
});

test.each<[string, CursorScope]>([
  ['another kind of list', ['history', 'alice', null, 5]],
  ['another user', ['sessions', 'bob', null, 5]],
  ['another filter', ['sessions', 'alice', 'web', 5]],
  ['another value of a filter', ['sessions', 'alice', null, 6]],
  ['a filter of another type', ['sessions', 'alice', null, '5']],
  ['filters that stand elsewhere', ['sessions', 'alice', 5, null]],
  ['fewer filters', ['sessions', 'alice', null]],
  ['no filter', []],
])('a cursor of %s is refused', (_, other) => {
  expect(refusalOf(() => readCursor(writeCursor(['active'], other), scope))).toMatchObject(refused);
});

test('a cursor with any one character changed, dropped or added is refused', () => {
  const cursor = writeCursor(['active', 1_767_225_600_000, 'id'], scope);
  for (let index = 0; index < cursor.length; index++) {
    const [head, tail] = [cursor.slice(0, index), cursor.slice(index + 1)];
    for (const character of alphabet) {
      if (character === cursor[index]) continue;
      expect(refusalOf(() => readCursor(head + character + tail, scope))).toMatchObject(refused);
    }
    expect(refusalOf(() => readCursor(head + tail, scope))).toMatchObject(refused);
    expect(refusalOf(() => readCursor(`${head}A${cursor.slice(index)}`, scope))).toMatchObject(refused);
  }
  for (const other of [`${cursor}A`, `${cursor}=`, `${cursor}\n`, ` ${cursor}`, `${cursor}.${cursor}`]) {
    expect(refusalOf(() => readCursor(other, scope))).toMatchObject(refused);
  }
});

test('no other text is a cursor, and none is repeated in the refusal', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String(), fc.constant('A'.repeat(513))), (text) => {
      const error = refusalOf(() => readCursor(text, scope));
      expect(error).toMatchObject(refused);
      if (text.length > 20) expect(error.message).not.toContain(text);
    }),
  );
});

test.each([undefined, null, 7, {}, ['x']])('%p is no cursor', (value) => {
  expect(refusalOf(() => readCursor(value, scope))).toMatchObject(refused);
});

test('a position that is no list is none', () => {
  for (const text of [{ length: 1 }, 'active', 7, null] as never[]) {
    expect(refusalOf(() => readCursor(writeCursor(text, scope), scope))).toMatchObject(refused);
  }
});
