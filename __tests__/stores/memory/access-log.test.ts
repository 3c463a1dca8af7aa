import { Commands } from '../../../lib/store/conformance/commands';
import { day, start } from '../../../lib/store/conformance/records';
import type { AccessEntry } from '../../../lib/store/access-log';
import { retention } from '../../../lib/store/retention';
import { AccessLog } from '../../../lib/stores/memory/access-log';
import { Memory } from '../../../lib/stores/memory/memory';
import { readMemoryOptions } from '../../../lib/stores/memory/memory-store-options';
import { MemoryStore } from '../../../lib/stores/memory';

const entry = (number: number): AccessEntry => {
  const nobody = { operation: null, code: null, userId: null, sessionId: null, ip: null };
  return { id: String(number), at: start, actor: 'desk', status: 200, ...nobody };
};

test('the oldest make room for new ones', () => {
  const log = new AccessLog(() => start, retention);
  for (let number = 0; number < retention.accessEntries + 3; number++) log.add(entry(number));
  expect(log.size).toBe(retention.accessEntries);
  const { entries, next } = log.page({ at: start, after: null, limit: retention.accessEntries, actor: null });
  expect([entries[0]!.id, entries.at(-1)!.id, next]).toEqual([String(retention.accessEntries + 2), '3', null]);
});

test('A66 those by nobody make room for each other alone', () => {
  const log = new AccessLog(() => start, retention);
  log.add(entry(0));
  for (let number = 1; number < retention.anonymousAccessEntries + 3; number++) {
    log.add({ ...entry(number), actor: null });
  }
  expect(log.size).toBe(retention.anonymousAccessEntries + 1);
  const { entries, next } = log.page({ at: start, after: null, limit: log.size, actor: null });
  expect([entries[0]!.id, entries.at(-2)!.id, entries.at(-1)!.id, next]).toEqual(['1002', '3', '0', null]);
});

test('they are dropped after a year, by the clock of the store, and leave the store empty', () => {
  let time = start;
  const memory = new Memory(readMemoryOptions({ maxSessions: 10 }), () => time);
  memory.accessLog.add(entry(1));
  memory.accessLog.add({ ...entry(0), actor: null });
  time += day;
  memory.accessLog.add(entry(2));
  expect(memory.isEmpty).toBe(false);
  time = start + retention.auditMilliseconds;
  memory.collect();
  const { entries } = memory.accessLog.page({ at: start, after: null, limit: 10, actor: null });
  expect(entries.map(({ id }) => id)).toEqual(['2']);
  time += day;
  memory.collect();
  expect(memory.isEmpty).toBe(true);
});

test('what it hands out is frozen', async () => {
  const store = new MemoryStore();
  await store.logAccess(new Commands(Infinity).logAccess(entry(1)));
  const { entries } = await store.accessLog({ at: start, after: null, limit: 1, actor: null });
  expect(Object.isFrozen(entries[0])).toBe(true);
  await store.close();
});
