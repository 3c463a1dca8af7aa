import { SessionManager } from '../../../../lib/session-manager';
import { RedisStore } from '../../../../lib/stores/redis';
import { listenTo, namesOf, signedIn } from '../../../fixtures/session-bench';
import { rejectionOf } from '../../../fixtures/refusal-of';
import { type Replication, startReplicated } from '../../../harness/redis-replication';
import { startProxy, type TcpProxy } from '../../../harness/tcp-proxy';
import { freshPrefix } from '../../../harness/test-redis';
import { waitUntil } from '../../../harness/wait-until';

const patience = 30_000;
// What is tried again in the background pauses for as long as it has tried: a first minute may end in such a pause.
const longer = 90_000;

jest.setTimeout(60_000);

let replication: Replication;
/** What clients know the primary by: it leads to another server after a failover. */
let name: TcpProxy;
let sessions: SessionManager;

beforeEach(async () => {
  replication = await startReplicated({ replicas: 2 });
  name = await startProxy(replication.primary.url);
  const durability = { replicas: 1, timeout: '1500ms' } as const;
  const store = new RedisStore({ url: name.url, prefix: freshPrefix(), deadline: '5s', durability });
  sessions = new SessionManager({ store });
});

afterEach(async () => {
  await sessions.close();
  await name.close();
  await replication.stop();
});

async function failOver(): Promise<void> {
  const [heir] = replication.replicas;
  await replication.promote(heir!);
  name.lead(heir!.url);
}

const statusOf = async (token: string): Promise<string> => {
  const outcome = await sessions.verify(token).catch(() => ({ status: 'unknown' }));
  return outcome.status;
};

test('B4 B7 a revocation that a failover loses was not called durable, and is made again on the new primary', async () => {
  const [one, all, other] = [await signedIn(sessions), await signedIn(sessions), await signedIn(sessions)];
  const heard = listenTo(sessions);
  // This one is safe.
  expect(await sessions.revoke(other.session.id)).toMatchObject({ status: 'ended', durable: true });

  await replication.settled();
  await replication.cutLinks();
  expect(await sessions.revoke(one.session.id)).toMatchObject({ status: 'ended', durable: false });
  expect(await sessions.revokeAll(all.userId)).toMatchObject({ count: 1, durable: false });
  expect([await statusOf(one.tokens.accessToken), await statusOf(all.tokens.accessToken)]).toEqual([
    'revoked',
    'revoked',
  ]);

  await failOver();
  await waitUntil(
    'replicas have all of it',
    () => namesOf(heard).filter((event) => event === 'revocation.confirmed').length === 2,
    patience,
  );
  for (const { tokens } of [one, all, other]) expect(await statusOf(tokens.accessToken)).toBe('revoked');
  // It did come back: only the repeat ended it there.
  expect(heard.filter(({ name: event }) => event === 'revocation.unconfirmed')).toHaveLength(2);
}, 60_000);

test('B4 without repeating, the new primary would let it in again: what the test above shows is no chance', async () => {
  const one = await signedIn(sessions);
  await replication.settled();
  await replication.cutLinks();
  expect(await sessions.revoke(one.session.id)).toMatchObject({ durable: false });
  await sessions.close();
  await failOver();
  const store = new RedisStore({ url: name.url, deadline: '5s' });
  const [heir] = replication.replicas;
  const keys = (await heir!.cli('KEYS', '*:s:*')) as string[];
  expect(keys).toHaveLength(1);
  const prefix = keys[0]!.slice(0, keys[0]!.indexOf(':s:'));
  await store.close();
  const bare = new SessionManager({ store: new RedisStore({ url: name.url, prefix, deadline: '5s' }) });
  expect(await bare.verify(one.tokens.accessToken)).toMatchObject({ status: 'active' });
  await bare.close();
}, 60_000);

test('B6 A32 too few replicas to write: sessions_not_revoked, and done behind the back once there are enough', async () => {
  const user = await signedIn(sessions);
  await replication.primary.cli('CONFIG', 'SET', 'min-replicas-to-write', '3');
  const refused = await rejectionOf(sessions.revokeAll(user.userId, { retry: true }));
  expect([refused.code, refused.status]).toEqual(['sessions_not_revoked', 503]);
  expect(await statusOf(user.tokens.accessToken)).toBe('active');
  await replication.primary.cli('CONFIG', 'SET', 'min-replicas-to-write', '1');
  await waitUntil('it is ended', async () => (await statusOf(user.tokens.accessToken)) === 'revoked', longer);
}, 120_000);
