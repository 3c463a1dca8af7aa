import { userKey } from '../../lib/domain/session-id';
import type { RetentionOptions } from '../../lib/options/retention';
import { retention as defaults } from '../../lib/store/retention';
import { Commands } from '../../lib/store/conformance/commands';
import { minute, type NewRecord, newRecord, randomUser, start } from '../../lib/store/conformance/records';
import type { SessionStore } from '../../lib/store/session-store';
import { MemoryStore } from '../../lib/stores/memory/memory-store';
import { RedisStore } from '../../lib/stores/redis/redis-store';
import { freshPrefix, testRedisUrl } from '../harness/test-redis';

const hour = 60 * minute;
const short: RetentionOptions = { history: '1h', endedSessions: '2h', expiredSessions: '3h', accessLog: '4h' };

const kinds = {
  memory: (retention: RetentionOptions) => new MemoryStore({ retention }),
  redis: (retention: RetentionOptions) =>
    new RedisStore({ url: testRedisUrl(), prefix: freshPrefix(), deadline: '15s', retention }),
};

/** A user of whom something of each kind is kept since `start`. */
async function past(store: SessionStore) {
  const commands = new Commands((await store.now()) + 5 * minute);
  const userId = randomUser();
  const signIn = async (wanted: Partial<NewRecord> = {}) => {
    const record = newRecord({ userId, ...wanted });
    await store.create(commands.create(record));
    return record;
  };
  await store.revoke(commands.revoke(await signIn(), { at: start }));
  await signIn({ access: 1, refresh: 1 });
  const entry = { id: 'a-call', at: start, actor: 'desk', operation: 'listUserSessions', status: 200, code: null };
  await store.logAccess(commands.logAccess({ ...entry, userId, sessionId: null, ip: null }));
  return { commands, userId, signIn };
}

/** How much is shown of each kind. */
async function shown(store: SessionStore, userId: string, at: number) {
  const user = userKey(userId);
  const page = { user, at, after: null, limit: 50, applicationId: null };
  const [ended, expired, history, calls] = await Promise.all([
    store.list({ ...page, kind: 'ended' }),
    store.list({ ...page, kind: 'expired' }),
    store.history({ user, at, after: null, limit: 50 }),
    store.accessLog({ at, after: null, limit: 50, actor: null }),
  ]);
  return {
    ended: ended.records.length,
    expired: expired.records.length,
    history: history.entries.length,
    calls: calls.entries.length,
  };
}

describe.each(Object.entries(kinds))('on %s', (_, open) => {
  test('A78 nothing is shown that is older than is kept of its kind, to the millisecond', async () => {
    const store = open(short);
    const { userId } = await past(store);
    const all = { ended: 1, expired: 1, history: 3, calls: 1 };
    expect(await shown(store, userId, start + hour - 1)).toEqual(all);
    expect(await shown(store, userId, start + hour)).toEqual({ ...all, history: 0 });
    expect(await shown(store, userId, start + 2 * hour - 1)).toEqual({ ...all, history: 0 });
    expect(await shown(store, userId, start + 2 * hour)).toEqual({ ...all, history: 0, ended: 0 });
    expect(await shown(store, userId, start + 3 * hour)).toMatchObject({ expired: 1, calls: 1 });
    expect(await shown(store, userId, start + 3 * hour + 1)).toMatchObject({ expired: 0, calls: 1 });
    expect(await shown(store, userId, start + 4 * hour)).toMatchObject({ calls: 0 });
    await store.close();
  });

  test('A78 a history that goes on loses what is older than is kept', async () => {
    const store = open(short);
    const { userId, signIn } = await past(store);
    await signIn({ at: start + hour });
    // Even for somebody who asks of the past: it is gone, and not only hidden.
    expect((await shown(store, userId, start)).history).toBe(1);
    await store.close();
  });

  test('A78 without the option everything is kept as long as it always was', async () => {
    const store = open({});
    const { userId } = await past(store);
    const last = start + defaults.auditMilliseconds - 1;
    expect(await shown(store, userId, last)).toMatchObject({ history: 3, calls: 1 });
    expect(await shown(store, userId, last + 1)).toMatchObject({ history: 0, calls: 0 });
    expect((await shown(store, userId, start + defaults.tombstoneMilliseconds - 1)).ended).toBe(1);
    expect((await shown(store, userId, start + defaults.tombstoneMilliseconds)).ended).toBe(0);
    await store.close();
  });
});
