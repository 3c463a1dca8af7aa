import fc from 'fast-check';
import { mintSessionId, type SessionId, userKey } from '../../../lib/domain/session-id';
import type { OneTimeId } from '../../../lib/domain/slotted-id';
import { idOf, Keys, nameOf } from '../../../lib/stores/redis/keys';

const keys = new Keys('sk');

test('A59 keys hold nothing that a user chose', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (userId) => {
      const user = userKey(userId);
      const names = [
        keys.session(mintSessionId(userId)),
        keys.index(user),
        keys.audit(user),
        keys.epoch(user),
        keys.ownLimit(user),
      ];
      for (const name of names) expect(name).toMatch(/^sk:[siael]:\{[0-9a-f]{3}\}[\w-]{22}$/);
    }),
  );
});

test('A62 the tag of a one-time token stands in its id', () => {
  expect(keys.oneTime(`0f8${'x'.repeat(22)}` as OneTimeId)).toBe(`sk:o:{0f8}${'x'.repeat(22)}`);
});

test('A62 all keys of a user share a hash tag', () => {
  const tags = Array.from({ length: 50 }, (_, index) => {
    const userId = `user ${index}`;
    const user = userKey(userId);
    const names = [
      keys.session(mintSessionId(userId)),
      keys.index(user),
      keys.audit(user),
      keys.epoch(user),
      keys.ownLimit(user),
    ];
    return new Set(names.map((name) => /\{(.*)\}/.exec(name)?.[1])).size;
  });
  expect(new Set(tags)).toEqual(new Set([1]));
});

test('the kind stands before the tag, so that a prefix selects session records alone', () => {
  expect(keys.session(mintSessionId('alice'))).toMatch(/^sk:s:\{/);
});

test('an id and its name in keys are one and the same', () => {
  const id = '0f8fad5b-d9cb-469f-a165-70867728950e' as SessionId;
  expect(nameOf(id)).toBe('D4-tW9nLRp-hZXCGdyiVDg');
  expect(idOf('D4-tW9nLRp-hZXCGdyiVDg')).toBe(id);
  expect(idOf('not a name')).toBeUndefined();
});
