import { SessionManager } from '../../../lib/session-manager';
import { Commands } from '../../../lib/store/conformance/commands';
import { everyWrite, writeNames } from '../../../lib/store/conformance/every-write';
import { newOneTime } from '../../../lib/store/conformance/limits';
import { minute, newRecord, randomUser, start } from '../../../lib/store/conformance/records';
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
    expect((await store.accessLog({ after: null, limit: 5, actor: null })).entries).toHaveLength(2);

    const { at, notAfter } = commands.logAccess(entry);
    const hour = start - (start % (60 * minute));
    await store.tallySignIns({ at, notAfter, hour, count: 3 });
    expect(await store.findSignIns([hour])).toEqual([3]);

    await store.raiseFloor({ notAfter, floor: start, reason: 'fleet_ended' });
    await store.raiseFloor({ notAfter, floor: start, reason: 'fleet_ended' });
    const late = await store.create(commands.create(newRecord({ userId: randomUser(), startedAt: start })));
    expect(late.status).toBe('stale-sign-in');
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
