import { SessionManager } from '../../../lib/session-manager';
import { RedisStore } from '../../../lib/stores/redis';
import { signedIn, type SignedIn } from '../../fixtures/session-bench';
import { type RedisServer, startRedis } from '../../harness/redis-server';

jest.setTimeout(60_000);

const users = 150;

let server: RedisServer;
let sessions: SessionManager;

beforeEach(async () => {
  server = await startRedis({ args: ['--maxmemory-policy', 'volatile-lru', '--maxmemory-samples', '1'] });
  const store = new RedisStore({ url: server.url, deadline: '15s', onIncident: () => undefined });
  sessions = new SessionManager({ store });
});

afterEach(async () => {
  await sessions.close();
  await server.stop();
});

const everyone = <T>(work: () => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: users }, work));

/** Renewed twice: the first refresh token is a grandparent. */
async function renewedTwice(): Promise<SignedIn & { readonly spent: string }> {
  const one = await signedIn(sessions);
  let { refreshToken } = one.tokens;
  for (let round = 0; round < 2; round++) {
    const renewed = await sessions.refresh(refreshToken);
    if (renewed.status !== 'rotated') throw new Error(renewed.status);
    refreshToken = renewed.tokens.refreshToken!;
  }
  return { ...one, spent: one.tokens.refreshToken };
}

async function ended(all: boolean): Promise<SignedIn> {
  const one = await signedIn(sessions);
  if (all) await sessions.revokeAll(one.userId);
  else await sessions.revoke(one.session.id);
  return one;
}

async function info(name: string): Promise<number> {
  const text = String(await server.cli('INFO'));
  return Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(text)?.[1]);
}

/** Takes memory away until so many keys are gone. */
async function evict(keys: number): Promise<void> {
  while ((await info('evicted_keys')) < keys) {
    const left = (await info('used_memory')) - 20_000;
    await server.cli('CONFIG', 'SET', 'maxmemory', String(left));
    await server.cli('SET', 'ballast', 'x'.repeat(1_000)).catch(() => undefined);
  }
  await server.cli('CONFIG', 'SET', 'maxmemory', '0');
}

test('B11 Redis drops keys under volatile-lru: some are signed out, and nobody gets in who was out', async () => {
  const live = await everyone(() => signedIn(sessions));
  const revoked = [...(await everyone(() => ended(false))), ...(await everyone(() => ended(true)))];
  const rotated = await everyone(renewedTwice);
  const keys = Number(await server.cli('DBSIZE'));
  await evict(keys / 2);

  const statusOf = async (token: string): Promise<string> => (await sessions.verify(token)).status;
  const stillIn = await Promise.all(live.map(({ tokens }) => statusOf(tokens.accessToken)));
  expect(new Set(stillIn)).toEqual(new Set(['active', 'invalid']));
  for (const { tokens } of revoked) {
    expect(await statusOf(tokens.accessToken)).toMatch(/^(revoked|invalid)$/);
    expect((await sessions.refresh(tokens.refreshToken)).status).toMatch(/^(revoked|invalid)$/);
  }
  const replays = await Promise.all(rotated.map(async ({ spent }) => (await sessions.refresh(spent)).status));
  expect(replays.filter((status) => status !== 'reused' && status !== 'invalid')).toEqual([]);
  expect(replays).toContain('reused');
  const after = await Promise.all(rotated.map(({ tokens }) => statusOf(tokens.accessToken)));
  expect(after.filter((status) => status !== 'revoked' && status !== 'invalid')).toEqual([]);
});
