import { SessionError } from '../../../lib/domain/error';
import { userKey } from '../../../lib/domain/session-id';
import type { SessionRecord } from '../../../lib/domain/session-record';
import { replaced } from '../../../lib/store/conformance/commands';
import { evict, limits, newOneTime, onReached } from '../../../lib/store/conformance/limits';
import { minute, newRecord, second, start } from '../../../lib/store/conformance/records';
import { SessionManager } from '../../../lib/session-manager';
import { MemoryStore } from '../../../lib/stores/memory';
import { commands } from './scripted';

const userId = 'alice';
const full = { code: 'store_unavailable', message: 'the memory store is full: 2 sessions' };

async function filled(...wanted: Partial<Parameters<typeof newRecord>[0]>[]) {
  const store = new MemoryStore({ maxSessions: 2 });
  const records = wanted.map((one) => newRecord({ userId, ...one }));
  for (const record of records) await store.create(commands.create(record));
  return { store, records };
}

describe('bounds', () => {
  test('a store full of live sessions refuses a sign-in, and ends nobody', async () => {
    const { store, records } = await filled({}, { userId: 'bob' });
    const extra = newRecord({ userId });
    await expect(store.create(commands.create(extra))).rejects.toMatchObject(full);
    await expect(store.create(commands.create(extra))).rejects.toBeInstanceOf(SessionError);
    expect(await store.find(extra.id)).toBeUndefined();
    expect(await Promise.all(records.map(({ id }) => store.find(id)))).toEqual(records);
  });

  test('what ran out by time makes room', async () => {
    const { store, records } = await filled({ access: second, refresh: minute }, {});
    const tooEarly = newRecord({ userId, at: start + minute - 1 });
    await expect(store.create(commands.create(tooEarly))).rejects.toMatchObject(full);
    const inTime = newRecord({ userId, at: start + minute });
    expect(await store.create(commands.create(inTime))).toMatchObject({ status: 'created' });
    expect(await store.find(records[0]!.id)).toBeUndefined();
    expect(await store.find(records[1]!.id)).toEqual(records[1]);
  });

  test('a session that was renewed makes no room at its old deadline', async () => {
    const { store, records } = await filled({ access: second, refresh: minute }, {});
    await store.rotate(commands.rotate(records[0]!, { at: start + 30 * second }));
    const next = newRecord({ userId, at: start + minute });
    await expect(store.create(commands.create(next))).rejects.toMatchObject(full);
    await expect(store.create(commands.create(next))).rejects.toMatchObject(full);
    const later = newRecord({ userId, at: start + 90 * second });
    expect(await store.create(commands.create(later))).toMatchObject({ status: 'created' });
  });

  test('a revoked session makes room', async () => {
    const { store, records } = await filled({}, {});
    await store.revoke(commands.revoke(records[0]!));
    expect(await store.create(commands.create(newRecord({ userId })))).toMatchObject({ status: 'created' });
    expect(await store.find(records[0]!.id)).toMatchObject({ ending: { reason: 'signed_out' } });
  });

  test('a sign-in that replaces a session fits into a full store', async () => {
    const { store, records } = await filled({}, {});
    const replaces = [replaced(records[0]!)];
    const outcome = await store.create(commands.create(newRecord({ userId }), { replaces }));
    expect(outcome).toMatchObject({ status: 'created', ended: [{ id: records[0]!.id }] });
  });

  test('a sign-in that makes room fits into a full store', async () => {
    const { store, records } = await filled({}, { at: start + 1 });
    const given = { limits: limits({ user: 2 }), evict: evict('oldest') };
    const outcome = await store.create(commands.create(newRecord({ userId, at: start + 2 }), given));
    expect(outcome).toMatchObject({ status: 'created', ended: [{ id: records[0]!.id }] });
  });

  test('a full store that refuses a sign-in which is resumed leaves its token', async () => {
    const { store, records } = await filled({}, { userId: 'bob' });
    const oneTime = newOneTime(userId);
    const one = { limits: limits({ user: 1 }) };
    await store.create(commands.create(newRecord({ userId }), { ...one, onReached: onReached(oneTime, start) }));
    await store.revoke(commands.revoke(records[0]!));
    await store.create(commands.create(newRecord({ userId: 'carol' })));
    const consumes = { oneTime: oneTime.id, ends: records[0]!.id };
    const resumed = store.create(commands.create(newRecord({ userId }), { ...one, consumes }));
    await expect(resumed).rejects.toMatchObject(full);
    expect(await store.findOneTime(oneTime.id)).toEqual(oneTime);
  });

  test('a session id that another attempt has used is a fault', async () => {
    const { store, records } = await filled({});
    const fault = { code: 'internal_error', message: 'the session id is in use' };
    await expect(store.create(commands.create(records[0]!))).rejects.toMatchObject(fault);
  });

  test('a tombstone that is written late is kept, so that its resend is recognised', async () => {
    const store = new MemoryStore();
    const records = Array.from({ length: 21 }, () => newRecord({ userId }));
    for (const record of records) await store.create(commands.create(record));
    const last = records.pop()!;
    for (const record of records) await store.revoke(commands.revoke(record, { at: start + minute }));
    const late = commands.revoke(last, { at: start + second });
    const outcome = await store.revoke(late);
    expect(await store.revoke(late)).toEqual(outcome);
    expect(await store.find(records[0]!.id)).toBeUndefined();
  });

  test('as many tombstones stay as there may be sessions, the newest of all users', async () => {
    const { store } = await filled();
    const ids = [];
    for (const user of ['alice', 'bob', 'carol']) {
      const record = newRecord({ userId: user });
      await store.create(commands.create(record));
      await store.revoke(commands.revoke(record));
      ids.push(record.id);
    }
    const found = await Promise.all(ids.map((id) => store.find(id)));
    expect(found.map((record) => record?.ending?.reason)).toEqual([undefined, 'signed_out', 'signed_out']);
  });
});

describe('options', () => {
  test.each([0, -1, 1.5, Number.NaN, Infinity, '10', null])('maxSessions: %p is refused', (maxSessions) => {
    const open = () => new MemoryStore({ maxSessions: maxSessions as number });
    expect(open).toThrow(/^MemoryStore\.maxSessions: expected a whole number of at least 1, got /);
    expect(open).toThrow(SessionError);
  });

  test('one session is enough', async () => {
    const store = new MemoryStore({ maxSessions: 1 });
    const outcome = await store.create(commands.create(newRecord({ userId })));
    expect(outcome).toMatchObject({ status: 'created' });
  });

  test('an unknown option is refused, and the one that was meant is named', () => {
    const misspelt = { maxSession: 5 } as object;
    expect(() => new MemoryStore(misspelt)).toThrow(
      /^MemoryStore\.maxSession: unknown option; did you mean 'maxSessions'/,
    );
  });
});

describe('the clock', () => {
  afterEach(() => jest.restoreAllMocks());

  const passing = (milliseconds: number) => jest.spyOn(performance, 'now').mockReturnValue(milliseconds);

  test('is that of the machine, in whole milliseconds', () => {
    const now = new MemoryStore().now();
    expect(Math.abs(now - Date.now())).toBeLessThan(minute);
    expect(Number.isInteger(now)).toBe(true);
  });

  test('goes on where somebody sets the clock of the machine back', () => {
    const store = new MemoryStore();
    passing(1_000);
    const before = store.now();
    jest.spyOn(Date, 'now').mockReturnValue(before - 60 * minute);
    passing(1_000 + second);
    expect(store.now()).toBe(before + second);
  });

  test('B14 a sign-in that began after all sessions were ended counts, though the clock was set back', async () => {
    const sessions = new SessionManager({ store: new MemoryStore() });
    await sessions.revokeAll(userId);
    const now = Date.now();
    jest.spyOn(Date, 'now').mockReturnValue(now - 60 * minute);
    const startedAt = await sessions.now();
    expect(await sessions.create({ userId, startedAt })).toMatchObject({ status: 'created' });
  });

  test('a write is in time up to the very millisecond', async () => {
    const store = new MemoryStore();
    passing(minute);
    const now = store.now();
    const create = commands.create(newRecord({ userId }));
    await expect(store.create({ ...create, notAfter: now - 1 })).rejects.toMatchObject({
      code: 'store_unavailable',
      message: 'the write came after its caller gave up',
    });
    expect(await store.create({ ...create, notAfter: now })).toMatchObject({ status: 'created' });
  });
});

test('a closed store answers nothing', async () => {
  const { store, records } = await filled({});
  await store.close();
  const closed = { code: 'store_unavailable', message: 'the memory store is closed' };
  await expect(store.find(records[0]!.id)).rejects.toMatchObject(closed);
  await expect(store.touch(commands.touch(records[0]!))).rejects.toMatchObject(closed);
  await expect(store.ping()).rejects.toMatchObject(closed);
});

test('what JSON would not hold is not held, as on Redis', async () => {
  const store = new MemoryStore();
  const data = {
    when: new Date(start),
    site: new URL('https://example.com/a'),
    nothing: undefined,
    call: () => 1,
    list: [undefined, () => 1, [new Date(start)]],
  };
  const record = newRecord({ userId, data });
  await store.create(commands.create(record));
  const found = await store.find(record.id);
  expect(JSON.stringify(found?.data)).toBe(JSON.stringify(data));
  expect(found?.data).toEqual(JSON.parse(JSON.stringify(data)));
});

describe('what is handed out', () => {
  /** The paths of what could be changed, Buffers aside. */
  function loose(value: unknown, path = 'it'): string[] {
    if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return [];
    const below = Object.entries(value).flatMap(([name, member]) => loose(member, `${path}.${name}`));
    return Object.isFrozen(value) ? below : [path, ...below];
  }

  test.each([
    ['signed in', () => undefined],
    ['rotated', (store: MemoryStore, record: SessionRecord) => store.rotate(commands.rotate(record))],
    [
      'amended',
      (store: MemoryStore, record: SessionRecord) => store.amend(commands.amend(record, { data: { a: [] } })),
    ],
    ['ended', (store: MemoryStore, record: SessionRecord) => store.revoke(commands.revoke(record))],
  ])('of a session that was %s is frozen all the way down', async (_, change) => {
    const { store, records } = await filled({ data: { when: new Date(start), roles: [{ name: 'reader' }] } });
    await change(store, records[0]!);
    const { entries } = await store.history({ user: userKey(userId), at: start, after: null, limit: 9 });
    expect([await store.find(records[0]!.id), ...entries].flatMap((held) => loose(held))).toEqual([]);
  });

  test('is what is held: to find a session copies nothing', async () => {
    const { store, records } = await filled({});
    expect(await store.find(records[0]!.id)).toBe(await store.find(records[0]!.id));
  });
});
