import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { SessionManager } from '../../../lib/session-manager';
import { RedisStore } from '../../../lib/stores/redis';
import { signedIn } from '../../fixtures/session-bench';
import { type RedisServer, startRedis } from '../../harness/redis-server';

jest.setTimeout(60_000);

let server: RedisServer;
let sessions: SessionManager;

beforeEach(async () => {
  // A server of its own: the scripts of others are flushed with ours.
  server = await startRedis();
});

afterEach(async () => {
  await sessions.close();
  await server.stop();
});

/** A life: signs in, renews, is used, and signs out; every answer is the right one, or this throws. */
async function live(): Promise<void> {
  const { session, tokens } = await signedIn(sessions);
  let { refreshToken } = tokens;
  for (let round = 0; round < 5; round++) {
    const renewed = await sessions.refresh(refreshToken);
    if (renewed.status !== 'rotated') throw new Error(renewed.status);
    refreshToken = renewed.tokens.refreshToken!;
    const { status } = await sessions.verify(renewed.tokens.accessToken);
    if (status !== 'active') throw new Error(status);
  }
  const { status } = await sessions.revoke(session.id);
  if (status !== 'ended') throw new Error(status);
  const refused = await sessions.refresh(refreshToken);
  if (refused.status !== 'revoked') throw new Error(refused.status);
}

test.each([
  ['one by one', false],
  ['in pipelines', true],
])('B15 SCRIPT FLUSH again and again while commands are sent %s: none fails', async (_, enableAutoPipelining) => {
  const client = new Redis(server.url, { enableAutoPipelining, maxRetriesPerRequest: 1 });
  sessions = new SessionManager({ store: new RedisStore({ client, deadline: '15s' }) });
  let [flushes, isOver] = [0, false];
  const flush = async (): Promise<void> => {
    while (!isOver) {
      await server.cli('SCRIPT', 'FLUSH');
      flushes += 1;
      await pause(5);
    }
  };
  const flushing = flush();
  try {
    for (let batch = 0; batch < 5; batch++) await Promise.all(Array.from({ length: 20 }, live));
  } finally {
    isOver = true;
    await flushing;
    client.disconnect();
  }
  expect(flushes).toBeGreaterThan(4);
  const missed = /errorstat_NOSCRIPT:count=(\d+)/.exec(String(await server.cli('INFO', 'errorstats')));
  expect(Number(missed?.[1])).toBeGreaterThan(flushes);
});

test('B15 B16 a restart that loses the scripts and keeps the data is not noticed by who is signed in', async () => {
  sessions = new SessionManager({ store: new RedisStore({ url: server.url, deadline: '15s' }) });
  const { tokens } = await signedIn(sessions);
  await server.cli('SAVE');
  await server.restart();
  expect((await sessions.refresh(tokens.refreshToken)).status).toBe('rotated');
  expect((await sessions.refresh(tokens.refreshToken)).status).toBe('repeated');
});
