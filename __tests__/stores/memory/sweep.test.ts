import { retention } from '../../../lib/store/retention';
import { limits, newOneTime, onReached } from '../../../lib/store/conformance/limits';
import { minute, newRecord, start } from '../../../lib/store/conformance/records';
import { MemoryStore } from '../../../lib/stores/memory';
import { Memory } from '../../../lib/stores/memory/memory';
import { readMemoryOptions } from '../../../lib/stores/memory/memory-store-options';
import { amend } from '../../../lib/stores/memory/verbs/amend';
import { create } from '../../../lib/stores/memory/verbs/create';
import { revoke } from '../../../lib/stores/memory/verbs/revoke';
import { revokeAll } from '../../../lib/stores/memory/verbs/revoke-all';
import { setLimit } from '../../../lib/stores/memory/verbs/set-limit';
import { commands } from './scripted';

const day = 1_440 * minute;

describe('what is past its time', () => {
  let time = start;
  const memory = new Memory(readMemoryOptions({ maxSessions: 10 }), () => time);
  const record = newRecord({ userId: 'alice', refresh: day });

  beforeEach(() => {
    time = start;
  });

  afterEach(() => {
    time = start + 1_000 * day;
    memory.collect();
    expect(memory.isEmpty).toBe(true);
  });

  test('an expired session is dropped a day after its deadline, by the clock of the store', () => {
    const { id } = record;
    create(memory, commands.create(record));
    time = start + day + retention.expiredMilliseconds - 1;
    memory.collect();
    expect(memory.find(id)?.record).toEqual(record);
    time += 1;
    memory.collect();
    expect(memory.find(id)).toBeUndefined();
  });

  test('even before the sweep comes, it is not found', () => {
    create(memory, commands.create(record));
    time = start + day + retention.expiredMilliseconds;
    expect(memory.find(record.id)).toBeUndefined();
  });

  test('a tombstone is dropped after its time, its history and its epoch after theirs', () => {
    create(memory, commands.create(record));
    revoke(memory, commands.revoke(record));
    time = start + retention.tombstoneMilliseconds;
    memory.collect();
    expect(memory.find(record.id)).toBeUndefined();
    expect(memory.users.size).toBe(1);
    time = start + retention.auditMilliseconds;
    memory.collect();
    expect(memory.users.size).toBe(0);
  });

  test('an epoch outlives the history', () => {
    const { user } = commands.revokeAll('alice', start);
    revokeAll(memory, commands.revokeAll('alice', start));
    time = start + retention.epochMilliseconds - 1;
    memory.collect();
    expect(memory.users.get(user)?.epoch?.at).toBe(start);
  });

  test('users without sessions are forgotten when there are too many, the longest known first', () => {
    const keep = newRecord({ userId: 'keep' });
    create(memory, commands.create(keep));
    for (let count = 0; count < 100; count++) revokeAll(memory, commands.revokeAll(`user ${count}`, start));
    expect(memory.users.size).toBe(30);
    expect(memory.users.get(commands.revokeAll('user 0', start).user)).toBeUndefined();
    expect(memory.users.get(commands.revokeAll('user 99', start).user)).toBeDefined();
    const { user } = commands.revokeAll('keep', start);
    expect(memory.users.get(user)?.sessions).toEqual(new Set([keep.id]));
  });

  test('a limit of their own is kept for good, and keeps no sweep coming', () => {
    const { user } = commands.revokeAll('alice', start);
    setLimit(memory, commands.setLimit('alice', 5));
    time = start + 1_000 * day;
    memory.collect();
    expect(memory.limits.get(user)).toBe(5);
    expect(memory.isEmpty).toBe(true);
    memory.limits.clear();
  });

  test('a one-time token is dropped when nobody is told any more that it has expired', () => {
    const oneTime = newOneTime('alice');
    create(memory, commands.create(record, { limits: limits({ user: 0 }), onReached: onReached(oneTime, start) }));
    time = oneTime.expiresAt + retention.expiredOneTimeMilliseconds - 1;
    memory.collect();
    expect(memory.oneTimes.find(oneTime.id)).toEqual(oneTime);
    time += 1;
    memory.collect();
    expect(memory.oneTimes.size).toBe(0);
  });

  test('a user whose session outlives the history stays in reach of a revoke-all', () => {
    const long = newRecord({ userId: 'alice', absolute: 390 * day, access: 390 * day, refresh: null });
    create(memory, commands.create(long));
    time = start + retention.auditMilliseconds;
    memory.collect();
    expect(revokeAll(memory, commands.revokeAll('alice', time))).toMatchObject({ count: 1 });
    time += retention.tombstoneMilliseconds - 1;
    memory.collect();
    expect(memory.find(long.id)?.record.ending).not.toBeNull();
  });

  test('a session remembers a few writes, and no more', () => {
    create(memory, commands.create(record));
    for (let version = 0; version < 10; version++) amend(memory, commands.amend(record, { version }));
    expect(memory.find(record.id)?.attempts).toHaveLength(4);
  });
});

describe('the timer', () => {
  beforeEach(() => jest.useFakeTimers({ now: start }));
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  test('an empty store has none', async () => {
    const store = new MemoryStore();
    await store.ping();
    await store.find(newRecord({ userId: 'alice' }).id);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('does not keep the process alive', async () => {
    const armed = jest.spyOn(globalThis, 'setTimeout');
    const store = new MemoryStore();
    await store.create(commands.create(newRecord({ userId: 'alice' })));
    const timer = armed.mock.results[0]?.value as NodeJS.Timeout;
    expect(timer.hasRef()).toBe(false);
    await store.close();
  });

  test('comes back as long as there is something to drop, once a minute', async () => {
    const store = new MemoryStore();
    for (let count = 0; count < 3; count++) {
      await store.create(commands.create(newRecord({ userId: 'alice' })));
      expect(jest.getTimerCount()).toBe(1);
    }
    jest.advanceTimersByTime(10 * minute);
    expect(jest.getTimerCount()).toBe(1);
    await store.close();
    expect(jest.getTimerCount()).toBe(0);
  });

  test('stops when everything is dropped', async () => {
    const store = new MemoryStore();
    await store.create(commands.create(newRecord({ userId: 'alice' })));
    jest.spyOn(performance, 'now').mockReturnValue(1_000 * day);
    jest.advanceTimersByTime(minute);
    expect(jest.getTimerCount()).toBe(0);
  });
});
