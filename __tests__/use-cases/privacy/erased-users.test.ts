import { inspect } from 'node:util';
import { deviceMark } from '../../../lib/device/device-mark';
import { sessionIdBytes, type SessionId, userKey } from '../../../lib/domain/session-id';
import { SessionManager } from '../../../lib/session-manager';
import { listenTo, namesOf, signedIn } from '../../fixtures/session-bench';
import { type BareStore, bareStores } from '../../fixtures/stored-bytes';
import { addresses, everythingOn, liveFully } from './full-life';

const alice = 'alice-7f3e tell-tale';
const account = 'alice.tell.tale@example.com';

/** What would tell of the user: names, ids in every spelling, addresses, devices. */
function tracesOf(userId: string, ids: readonly string[]): string[] {
  const bytes = ids.map((id) => Buffer.from(sessionIdBytes(id as SessionId)));
  const encodings = ['hex', 'base64url', 'base64', 'latin1'] as const;
  const spelled = [Buffer.from(userId), Buffer.from(account), ...bytes].flatMap((raw) =>
    encodings.map((encoding) => raw.toString(encoding).replace(/=+$/, '')),
  );
  return [
    userId,
    account,
    `Desk of`,
    'tell-tale',
    'device-1',
    deviceMark('device-1')!,
    ...ids,
    ...spelled,
    ...addresses,
  ];
}

const found = (dump: Buffer, traces: readonly string[]): string[] =>
  traces.filter((trace) => dump.includes(trace) || dump.includes(Buffer.from(trace, 'latin1')));

async function lived({ open }: BareStore) {
  const { store, dump } = open();
  const sessions = new SessionManager({ ...everythingOn, store });
  const ids = await liveFully(sessions, alice, account, ['192.0.2.99']);
  await store.feed.append({ entries: await feedOf(store, alice), at: await store.now(), most: 1_000 });
  return { store, dump, sessions, ids };
}

/** As a relay would have delivered it. */
async function feedOf(store: ReturnType<BareStore['open']>['store'], userId: string) {
  const { entries } = await store.history({ user: userKey(userId), at: 0, after: null, limit: 5 });
  return entries.map((entry) => ({ entry, userId }));
}

describe.each(bareStores)('on $name', (kind) => {
  test('A78 of a user who is erased nothing is left in the store, in any key, value or spelling', async () => {
    const { store, dump, sessions, ids } = await lived(kind);
    const traces = tracesOf(alice, ids);
    expect(found(await dump(), [alice, account, ids[1]!, 'tell-tale', 'device-1'])).toHaveLength(5);

    expect(await sessions.privacy.erase(alice, { accounts: [account] })).toMatchObject({ status: 'erased' });
    const after = await dump();
    expect(found(after, traces)).toEqual([]);
    // What stays: the instant, under the hash of the id.
    expect(found(after, [userKey(alice)])).toEqual([userKey(alice)]);
    expect(await sessions.privacy.export(alice, { accounts: [account] })).toMatchObject({
      sessions: { active: [], expired: [], ended: [] },
      history: [],
      limit: null,
      oneTimeTokens: [],
      accessLog: [],
      audit: { waiting: [], deadLetters: [], feed: [] },
      accounts: [{ account, status: 'open', failures: 0, history: [] }],
    });
    expect((await store.accessLog({ at: 0, after: null, limit: 100, actor: null })).entries).toHaveLength(3);
    await sessions.close();
  });

  test('A78 others stay as they were, to the byte', async () => {
    const { dump, sessions } = await lived(kind);
    const bob = await signedIn(sessions, { userId: 'bob' });
    const before = await sessions.privacy.export('bob');
    await sessions.privacy.erase(alice);
    const { exportedAt: _, ...after } = await sessions.privacy.export('bob');
    expect(before).toMatchObject(after);
    expect(after.sessions.active.map(({ id }) => id)).toEqual([bob.session.id]);
    expect(found(await dump(), ['bob'])).toEqual(['bob']);
    await sessions.close();
  });

  test('A78 sinks are told that somebody was erased, by whom, and not who', async () => {
    const { store, sessions } = await lived(kind);
    await sessions.privacy.erase(alice, { actor: { type: 'admin', id: 'desk' }, accounts: [account] });
    const tags = Array.from({ length: 4_096 }, (_, tag) => tag.toString(16).padStart(3, '0'));
    const told = [];
    for (const tag of await store.outbox.due({ tags, at: Number.MAX_SAFE_INTEGER })) {
      const at = await store.now();
      const claimed = await store.outbox.claim({ tag, worker: 'test', at, until: at + 60_000, limit: 100 });
      if (claimed.status === 'claimed') told.push(...claimed.letters);
    }
    expect(told).toMatchObject([
      {
        userId: null,
        entry: { event: 'user_erased', actor: { type: 'admin', id: 'desk' }, subject: null, sessionId: null },
      },
    ]);
    expect(inspect(told, { depth: 9 })).not.toContain('alice');
    await sessions.close();
  });

  test('A33 A78 whoever is erased is out at once, on every node, whatever is cached', async () => {
    const { store } = kind.open();
    const [here, there] = [new SessionManager({ store }), new SessionManager({ store, nearCache: {} })];
    const heard = listenTo(here);
    const { tokens } = await signedIn(here, { userId: alice });
    const startedAt = await here.now();
    expect((await there.verify(tokens.accessToken)).status).toBe('active');
    expect(await here.privacy.erase(alice)).toEqual({ status: 'erased', count: 1, durable: true });
    expect((await there.verify(tokens.accessToken)).status).toBe('invalid');
    expect((await there.refresh(tokens.refreshToken)).status).toBe('invalid');
    expect((await here.create({ userId: alice, startedAt })).status).toBe('stale-sign-in');
    expect(namesOf(heard).filter((name) => name === 'sessions.ended' || name === 'user.erased')).toEqual([
      'sessions.ended',
      'user.erased',
    ]);
    expect(heard.find(({ name }) => name === 'sessions.ended')?.event).toMatchObject({
      userId: alice,
      count: 1,
      reason: 'erased',
      actor: { type: 'system' },
    });
    await Promise.all([here.close(), there.close()]);
  });

  test('A78 erased twice, and while unknown, nobody is harmed; whoever comes back begins anew', async () => {
    const { store } = kind.open();
    const sessions = new SessionManager({ store });
    const none = { status: 'erased', count: 0, durable: true };
    expect(await sessions.privacy.erase('nobody')).toEqual(none);
    expect(await sessions.privacy.erase('nobody')).toEqual(none);
    const { session } = await signedIn(sessions, { userId: 'nobody' });
    expect((await sessions.list('nobody')).data.map(({ id }) => id)).toEqual([session.id]);
    expect((await sessions.history('nobody')).data.map(({ event }) => event)).toEqual(['session_created']);
    await sessions.close();
  });

  test('A36 A78 what was under way in this process brings nothing back', async () => {
    const { store, dump } = kind.open();
    const sessions = new SessionManager({ ...everythingOn, store });
    const { tokens, session } = await signedIn(sessions, { userId: alice, client: { ip: addresses[0] } });
    const startedAt = await sessions.now();
    const [, ...late] = await Promise.all([
      sessions.privacy.erase(alice, { accounts: [account] }),
      sessions.create({ userId: alice, startedAt }),
      sessions.refresh(tokens.refreshToken),
      sessions.update(session.id, { name: 'Desk' }),
      sessions.verify(tokens.accessToken),
      sessions.limits.set(alice, 3),
      sessions.revokeAll(alice),
      sessions.oneTimeTokens.issue({ purpose: 'invitation', lifetime: '5m', userId: alice }),
    ]);
    expect(late).toHaveLength(7);
    await sessions.flush();
    const left = found(await dump(), [
      alice,
      session.id,
      Buffer.from(sessionIdBytes(session.id as SessionId)).toString('base64url'),
    ]);
    expect(left).toEqual([]);
    await sessions.close();
  });
});

test.each([
  [() => ({}), 'userId'],
  [() => ({ accounts: 'alice' }), 'accounts'],
  [() => ({ accounts: [''] }), 'accounts'],
])('what is unusable is refused before anything is done', async (options, field) => {
  const sessions = new SessionManager({ store: bareStores[0]!.open().store });
  const userId = field === 'userId' ? '' : 'alice';
  await expect(sessions.privacy.erase(userId, options() as never)).rejects.toMatchObject({ field });
  await expect(sessions.privacy.export(userId, options() as never)).rejects.toMatchObject({ field });
  await sessions.close();
});
