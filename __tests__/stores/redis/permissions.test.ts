import { userKey, userTag } from '../../../lib/domain/session-id';
import { SessionManager } from '../../../lib/session-manager';
import { Commands } from '../../../lib/store/conformance/commands';
import { everyWrite, writeNames } from '../../../lib/store/conformance/every-write';
import { newOneTime } from '../../../lib/store/conformance/limits';
import { minute, newRecord, randomUser, start } from '../../../lib/store/conformance/records';
import { relaying } from '../../../lib/store/conformance/relayed';
import { RedisStore } from '../../../lib/stores/redis';
import { signedIn } from '../../fixtures/session-bench';
import { type RedisServer, startRedis } from '../../harness/redis-server';
import { textOf } from '../../repo/source-tree';
import { begun, confirmed, finished } from '../../use-cases/fleet/fleet-bench';

jest.setTimeout(60_000);

/** What the page on Redis tells people to give the user that the app signs in to Redis as. */
function documentedPermissions(): string[] {
  const [, line] = /\*\*Permissions:\*\* `([^`]+)`/.exec(textOf('docs/redis.md')) ?? [];
  if (line === undefined) throw new Error('docs/redis.md names no permissions');
  return line.split(/\s+/);
}

let server: RedisServer;
let store: RedisStore;

beforeAll(async () => {
  server = await startRedis();
});

afterAll(() => server.stop());

describe.each([
  { name: 'the documented permissions', without: [] },
  { name: 'the documented permissions less +info', without: ['+info'] },
])('under $name', ({ without }) => {
  beforeEach(async () => {
    jest.spyOn(console, 'warn').mockReturnValue(); // ioredis' own, of its ready check
    await server.cli('FLUSHALL');
    const given = documentedPermissions().filter((permission) => !without.includes(permission));
    await server.cli('ACL', 'SETUSER', 'app', 'reset', 'on', '>secret', ...given);
    store = new RedisStore({ url: server.url.replace('//', '//app:secret@'), deadline: '15s' });
  });

  afterEach(async () => {
    await store.close();
    jest.restoreAllMocks();
  });

  test('B10 the server lets the store do all that ends, renews and creates sessions', async () => {
    const commands = new Commands((await store.now()) + 5 * minute);
    for (const name of writeNames) {
      const created = await store.create(commands.create(newRecord({ userId: randomUser() })));
      if (created.status !== 'created') throw new Error(created.status);
      const rotated = await store.rotate(commands.rotate(created.record));
      if (rotated.status !== 'rotated') throw new Error(rotated.status);
      expect(await everyWrite[name](commands, rotated.record)(store)).not.toMatchObject({ status: 'missing' });
    }
  });

  test('B10 and to keep one-time tokens, the access log, the tally of sign-ins, the floor and an ending', async () => {
    const commands = new Commands((await store.now()) + 5 * minute);
    const oneTime = newOneTime(randomUser());
    await store.putOneTime(commands.putOneTime(oneTime));
    expect(await store.findOneTime(oneTime.id)).toEqual(oneTime);
    expect(await store.consumeOneTime(commands.consumeOneTime(oneTime))).toMatchObject({ status: 'consumed' });
    expect(await store.consumeOneTime(commands.consumeOneTime(oneTime))).toMatchObject({ status: 'spent' });

    const entry = {
      ...{ id: 'AAAAAAAAAAA', at: start, actor: 'root', operation: 'countSessions', status: 200 },
      ...{ code: null, userId: null, sessionId: null, ip: null },
    };
    for (const id of ['AAAAAAAAAAA', 'BBBBBBBBBBA']) await store.logAccess(commands.logAccess({ ...entry, id }));
    expect(
      (await store.accessLog({ at: await store.now(), after: null, limit: 5, actor: null })).entries,
    ).toHaveLength(2);

    const { at, notAfter } = commands.logAccess(entry);
    const hour = start - (start % (60 * minute));
    await store.tallySignIns({ at, notAfter, hour, count: 3 });
    expect(await store.findSignIns([hour])).toEqual([3]);

    await store.raiseFloor({ notAfter, floor: start, reason: 'fleet_ended' });
    await store.raiseFloor({ notAfter, floor: start, reason: 'fleet_ended' });
    const late = await store.create(commands.create(newRecord({ userId: randomUser(), startedAt: start })));
    expect(late.status).toBe('stale-sign-in');
  });

  test('B10 and to relay entries, deliver them again, give them up, and keep a feed', async () => {
    const commands = relaying(new Commands((await store.now()) + 5 * minute));
    const userId = randomUser();
    const tag = userTag(userKey(userId));
    for (let count = 0; count < 2; count++) await store.note(commands.note(userId, start));
    expect(await store.outbox.due({ tags: [tag], at: start })).toEqual([tag]);
    const claim = { tag, worker: 'one', at: start, until: start + minute, limit: 10 };
    const claimed = await store.outbox.claim(claim);
    if (claimed.status !== 'claimed') throw new Error(claimed.status);
    const [one, two] = claimed.letters;
    const later = [{ letter: one!, sink: 'log', dueAt: start + minute }];
    const dead = [{ letter: two!, sink: 'log', because: '410' }];
    const settled = [one!.id, two!.id];
    await store.outbox.settle({ tag, worker: 'one', at: start, settled, later, dead, release: false });
    expect(await store.outbox.deadLetters({ tags: [tag], limit: 10 })).toHaveLength(1);
    expect(await store.outbox.revive({ tag, sink: null, at: start })).toBe(1);
    expect(await store.outbox.claim({ ...claim, at: start + minute })).toMatchObject({ letters: [{}, {}] });
    const entries = [{ entry: one!.entry, userId }];
    await store.feed.append({ entries, at: start, most: 10 });
    expect((await store.feed.read({ after: null, limit: 10 })).items).toEqual(entries);
  });

  test('A78 B10 and to forget somebody, and to show what is kept of them', async () => {
    const sessions = new SessionManager({ store });
    const { userId } = await signedIn(sessions);
    await sessions.oneTimeTokens.issue({ purpose: 'invitation', lifetime: '5m', userId });
    await sessions.access.record({
      ...{ actor: 'desk', operation: 'listUserSessions', status: 200, code: null },
      ...{ userId, sessionId: null, ip: null },
    });
    const feed = (await store.history({ user: userKey(userId), at: 0, after: null, limit: 1 })).entries;
    await store.feed.append({ entries: feed.map((entry) => ({ entry, userId })), at: start, most: 100 });
    expect(await sessions.privacy.export(userId)).toMatchObject({ userId, audit: { feed: [{}] } });
    expect(await sessions.privacy.erase(userId)).toMatchObject({ count: 1 });
    expect(await sessions.privacy.export(userId)).toMatchObject({
      history: [],
      accessLog: [],
      audit: { feed: [] },
    });
    await sessions.close();
  });

  test('A35 B10 and to count everybody and to end everybody’s sessions', async () => {
    const sessions = new SessionManager({ store });
    for (let count = 0; count < 3; count++) await signedIn(sessions);
    expect(await sessions.fleet.counts()).toMatchObject({ sessions: 3, users: 3 });
    await begun(sessions, await confirmed(sessions));
    expect(await finished(sessions)).toMatchObject({ endedSessions: 3, endedUsers: 3 });
    await sessions.close();
  });
});
