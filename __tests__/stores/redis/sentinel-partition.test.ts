import { Redis } from 'ioredis';
import { SessionManager } from '../../../lib/session-manager';
import { RedisStore } from '../../../lib/stores/redis';
import { rejectionOf } from '../../fixtures/refusal-of';
import { laptop, listenTo, namesOf, renewed, signedIn } from '../../fixtures/session-bench';
import { type SentinelSetup, startSentinel } from '../../harness/redis-sentinel';
import { freshPrefix } from '../../harness/test-redis';
import { waitUntil } from '../../harness/wait-until';

jest.setTimeout(120_000);

// Nothing here is made slow, and the machine may be.
const deadline = '5s';

let setup: SentinelSetup;
let prefix: string;
let closing: (() => unknown)[];

beforeAll(async () => {
  jest.spyOn(process, 'emitWarning').mockReturnValue();
  setup = await startSentinel();
});

afterAll(() => setup.stop());

beforeEach(async () => {
  await setup.settled();
  prefix = freshPrefix();
  closing = [];
});

afterEach(async () => {
  for (const close of closing) await close();
});

/** A process that goes where the sentinels say. */
function bySentinel(): { sessions: SessionManager; client: Redis } {
  const client = new Redis({ sentinels: [...setup.sentinels], name: setup.name });
  client.on('error', () => undefined);
  return { client, sessions: manage(client, new RedisStore({ client, prefix, deadline })) };
}

/** A process that reaches the present primary alone, and no sentinel that could tell it of another. */
async function cutOff(): Promise<SessionManager> {
  const client = new Redis((await setup.primary()).port, '127.0.0.1');
  client.on('error', () => undefined);
  const durability = { replicas: 1, timeout: '300ms' } as const;
  return manage(client, new RedisStore({ client, prefix, deadline, durability }));
}

function manage(client: Redis, store: RedisStore): SessionManager {
  const sessions = new SessionManager({ store });
  closing.push(
    () => sessions.close(),
    () => client.disconnect(),
  );
  return sessions;
}

test('B4 B5 B7 what a primary took while it was cut off is gone: a renewal ends as rolled back, a sign-out said that it was not durable', async () => {
  const { sessions, client } = bySentinel();
  const minority = await cutOff();
  const heard = listenTo(sessions);
  const [renewing, leaving] = [await signedIn(sessions), await signedIn(sessions)];
  await waitUntil(
    'the replicas have them',
    async () => Number(await (await setup.primary()).cli('WAIT', '2', '100')) === 2,
  );

  const { from, to } = await setup.partitionPrimary();
  const ahead = await renewed(minority, renewing.tokens.refreshToken);
  expect(await minority.verify(ahead.accessToken, laptop)).toMatchObject({ status: 'active' });
  expect(await minority.revoke(leaving.session.id)).toMatchObject({ status: 'ended', durable: false });
  await waitUntil('the other process is at the new primary', () => client.stream.remotePort === to.port);
  expect(await sessions.verify(leaving.tokens.accessToken, laptop)).toMatchObject({ status: 'active' });

  await setup.heal(from);
  await setup.demoted(from);
  expect(await sessions.refresh(ahead.refreshToken, laptop)).toMatchObject({ status: 'rolled-back' });
  expect(await sessions.verify(renewing.tokens.accessToken, laptop)).toMatchObject({
    status: 'revoked',
    reason: 'store_rolled_back',
  });
  expect(namesOf(heard)).toContain('store.rolled-back');
  expect(namesOf(heard)).not.toContain('token.reused');
  // Told that it was not durable, the app says it again.
  expect(await sessions.revoke(leaving.session.id)).toMatchObject({ status: 'ended' });
  expect(await sessions.verify(leaving.tokens.accessToken, laptop)).toMatchObject({ status: 'revoked' });
});

test('B7 B12 who hears the sentinels leaves a primary that is cut off, though it still answers', async () => {
  const { sessions, client } = bySentinel();
  const idle = bySentinel();
  const { session, tokens } = await signedIn(sessions);
  expect(await idle.sessions.verify(tokens.accessToken, laptop)).toMatchObject({ status: 'active' });
  await waitUntil(
    'the replicas have it',
    async () => Number(await (await setup.primary()).cli('WAIT', '2', '100')) === 2,
  );
  const { from, to } = await setup.partitionPrimary();
  await waitUntil('it is at the new primary', () => client.stream.remotePort === to.port);
  expect(await sessions.revoke(session.id)).toMatchObject({ status: 'ended' });
  // It has asked for nothing meanwhile, and the former primary would still say yes.
  await waitUntil('the idle one is there, too', () => idle.client.stream.remotePort === to.port);
  expect(await idle.sessions.verify(tokens.accessToken, laptop)).toMatchObject({ status: 'revoked' });
  expect(String(await from.cli('INFO', 'replication'))).toContain('role:master');
  await setup.heal(from);
  await setup.demoted(from);
});

test('B6 B7 with min-replicas-to-write a primary that is cut off takes nothing that would be lost', async () => {
  for (const server of setup.servers) await server.cli('CONFIG', 'SET', 'min-replicas-to-write', '1');
  const { sessions } = bySentinel();
  const minority = await cutOff();
  const { session, tokens } = await signedIn(sessions);
  const { from } = await setup.partitionPrimary();
  const { code, cause } = await rejectionOf(minority.revoke(session.id));
  // Refused to the last; the last try of all may come when it is too late for any.
  expect([code, String(cause)]).toEqual(['store_unavailable', expect.stringMatching(/NOREPLICAS|too late/)]);
  await setup.heal(from);
  await setup.demoted(from);
  expect(await sessions.refresh(tokens.refreshToken, laptop)).toMatchObject({ status: 'rotated' });
});

test('a client that was connected without failoverDetector is warned of, and leaves a primary that stands still', async () => {
  const emitWarning = jest.spyOn(process, 'emitWarning').mockReturnValue();
  emitWarning.mockClear();
  const client = new Redis({ sentinels: [...setup.sentinels], name: setup.name, disconnectTimeout: 100 });
  client.on('error', () => undefined);
  await client.ping();
  const sessions = manage(client, new RedisStore({ client, prefix }));
  const codes = emitWarning.mock.calls.map(([, options]) => (options as { code?: string }).code);
  expect(codes).toContain('SESSIONKEEPER_REDIS_SENTINEL');
  const { tokens } = await signedIn(sessions);
  const { to } = await setup.pausePrimary();
  await waitUntil('it is at the new primary', async () => {
    await sessions.verify(tokens.accessToken, laptop).catch(() => undefined);
    return client.status === 'ready' && client.stream.remotePort === to.port;
  });
});
