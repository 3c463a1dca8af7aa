import { mintSessionId, type SessionId, userKey } from '../../lib/domain/session-id';
import type { SessionRecord } from '../../lib/domain/session-record';
import { NearCache } from '../../lib/near-cache/near-cache';
import { aRecord } from '../fixtures/session-record';
import { fakeClock } from '../harness/clock';

const maxStale = 5_000;
const deadline = 1_000;

/** A cache whose reads end when the test says so. */
function cacheOf(options: { maxEntries?: number; deadline?: number } = {}) {
  const time = fakeClock();
  const pending: { id: SessionId; resolve: (record: SessionRecord | undefined) => void }[] = [];
  const cache = new NearCache<string>({
    maxEntries: 100,
    maxStale,
    deadline,
    now: time.now,
    find: (id) => new Promise((resolve) => pending.push({ id, resolve })),
    ...options,
  });
  const load = async (token: string, id: SessionId, value = token): Promise<void> => {
    const read = cache.read(id);
    pending.splice(0).forEach(({ resolve }) => resolve(aRecord()));
    await read.record;
    cache.keep(token, id, read, value);
  };
  return { cache, time, pending, load };
}

const id = mintSessionId('alice');
const another = mintSessionId('alice');
const stranger = mintSessionId('a user with other digits');

describe('the near cache', () => {
  test('keeps nothing before changes are told', async () => {
    const { cache, load } = cacheOf();
    await load('token', id);
    expect(cache.get('token')).toBeUndefined();
    cache.armed();
    await load('token', id);
    expect(cache.get('token')).toBe('token');
  });

  test('A38 serves nothing from maxStale on, whatever it was told, by the time at which the read began', async () => {
    const { cache, time, pending } = cacheOf();
    cache.armed();
    const read = cache.read(id);
    time.advance(900);
    pending.pop()!.resolve(aRecord());
    await read.record;
    cache.keep('token', id, read, 'value');
    time.advance(maxStale - 900 - 1);
    expect(cache.get('token')).toBe('value');
    time.advance(1);
    expect(cache.get('token')).toBeUndefined();
  });

  test('serves nothing while its clock stands before the read', async () => {
    const { cache, time, load } = cacheOf();
    cache.armed();
    await load('token', id);
    time.advance(-1);
    expect(cache.get('token')).toBeUndefined();
  });

  test('A38 drops a session that changed, with all of its tokens, and no other', async () => {
    const { cache, load } = cacheOf();
    cache.armed();
    await load('current', id);
    await load('parent', id);
    await load('other', another);
    cache.changed(id);
    expect([cache.get('current'), cache.get('parent'), cache.get('other')]).toEqual([
      undefined,
      undefined,
      'other',
    ]);
  });

  test('A38 drops all sessions of a user', async () => {
    const { cache, load } = cacheOf();
    cache.armed();
    await load('one', id);
    await load('two', another);
    await load('other', stranger);
    cache.changedAll(userKey('alice'));
    expect([cache.get('one'), cache.get('two'), cache.get('other')]).toEqual([undefined, undefined, 'other']);
    expect(cache.size).toBe(1);
  });

  test.each(['lost', 'armed'] as const)('A38 drops everything when the push is %s', async (event) => {
    const { cache, load } = cacheOf();
    cache.armed();
    await load('token', id);
    cache[event]();
    expect(cache.get('token')).toBeUndefined();
    await load('token', id);
    expect(cache.get('token')).toBe(event === 'armed' ? 'token' : undefined);
  });

  const meanwhile: Record<string, (cache: NearCache<string>) => void> = {
    'the session changes': (cache) => cache.changed(id),
    'the user’s sessions change': (cache) => cache.changedAll(userKey('alice')),
    'the push is lost': (cache) => cache.lost(),
    'the push is lost and found again': (cache) => {
      cache.lost();
      cache.armed();
    },
    'a later read begins that does not join it': (cache) => {
      cache.changed(id);
      cache.read(id);
    },
  };
  test.each(Object.entries(meanwhile))('A38 does not keep what was read while %s', async (_, happen) => {
    const { cache, pending } = cacheOf();
    cache.armed();
    const read = cache.read(id);
    happen(cache);
    pending[0]!.resolve(aRecord());
    await read.record;
    cache.keep('token', id, read, 'value');
    expect(cache.get('token')).toBeUndefined();
  });

  test('keeps what was read while another session changed', async () => {
    const { cache, pending } = cacheOf();
    cache.armed();
    const read = cache.read(id);
    cache.changed(another);
    cache.changedAll(userKey('a user with other digits'));
    pending.pop()!.resolve(aRecord());
    await read.record;
    cache.keep('token', id, read, 'value');
    expect(cache.get('token')).toBe('value');
  });

  test('joins a read under way, unless the session has changed since it began', () => {
    const { cache, pending } = cacheOf();
    cache.armed();
    const first = cache.read(id);
    expect(cache.read(id)).toBe(first);
    expect(cache.read(another)).not.toBe(first);
    cache.changed(id);
    expect(cache.read(id)).not.toBe(first);
    expect(pending.map((read) => read.id)).toEqual([id, another, id]);
  });

  test('A38 joins no read whose answer could come later than maxStale after it began', () => {
    const { cache, time } = cacheOf();
    cache.armed();
    const first = cache.read(id);
    time.advance(maxStale - deadline - 1);
    expect(cache.read(id)).toBe(first);
    time.advance(1);
    expect(cache.read(id)).not.toBe(first);
  });

  test('joins nothing where one read may take as long as an answer may be old', () => {
    const { cache } = cacheOf({ deadline: maxStale });
    cache.armed();
    expect(cache.read(id)).not.toBe(cache.read(id));
  });

  test('A30 A38 does not keep what was read, where the end of the session is acknowledged in the steps between', async () => {
    const { cache, pending } = cacheOf();
    cache.armed();
    const read = cache.read(id);
    const kept = (async () => {
      await read.record;
      // As many steps as a judgement takes, and more.
      for (let step = 0; step < 20; step++) await Promise.resolve();
      cache.keep('token', id, read, 'value');
    })();
    const acknowledged = (async () => {
      await read.record;
      for (let step = 0; step < 5; step++) await Promise.resolve();
      cache.changed(id);
    })();
    pending.pop()!.resolve(aRecord());
    await Promise.all([kept, acknowledged]);
    expect(cache.get('token')).toBeUndefined();
  });

  test('fills though reads take as long as an answer may be old: they do not spoil one another', async () => {
    const { cache, pending } = cacheOf({ deadline: maxStale });
    cache.armed();
    const [first, second] = [cache.read(id), cache.read(id)];
    expect(first).not.toBe(second);
    for (const { resolve } of pending) resolve(aRecord());
    await first.record;
    cache.keep('token', id, first, 'value');
    expect(cache.get('token')).toBe('value');
    const [third, fourth] = [cache.read(id), cache.read(id)];
    cache.changed(id);
    expect([third.mayBeKept, fourth.mayBeKept]).toEqual([false, false]);
  });

  test('joins nothing while changes are not told', () => {
    const { cache } = cacheOf();
    expect(cache.read(id)).not.toBe(cache.read(id));
  });

  test('a read that is over, or failed, is not joined', async () => {
    const { cache, pending } = cacheOf();
    cache.armed();
    const first = cache.read(id);
    pending.pop()!.resolve(undefined);
    await first.record;
    expect(cache.read(id)).not.toBe(first);

    const failing = new NearCache<string>({
      ...{ maxEntries: 1, maxStale, deadline, now: () => 0 },
      find: () => Promise.reject(new Error('away')),
    });
    failing.armed();
    const failed = failing.read(id);
    await expect(failed.record).rejects.toThrow('away');
    const next = failing.read(id);
    expect(next).not.toBe(failed);
    await expect(next.record).rejects.toThrow('away');
  });

  test('the oldest entry makes room, and a new value of a token takes the place of its old one', async () => {
    const { cache, load } = cacheOf({ maxEntries: 2 });
    cache.armed();
    await load('one', id);
    await load('two', another);
    await load('one', id, 'again');
    await load('three', stranger);
    expect([cache.get('one'), cache.get('two'), cache.get('three')]).toEqual(['again', undefined, 'three']);
    expect(cache.size).toBe(2);
    cache.changedAll(userKey('alice'));
    cache.changed(stranger);
    expect(cache.size).toBe(0);
  });
});
