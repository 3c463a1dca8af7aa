import crypto from 'node:crypto';
import { inspect } from 'node:util';
import { serialize } from 'node:v8';
import { Redis } from 'ioredis';
import { SessionManager } from '../lib/session-manager';
import type { SessionStore } from '../lib/store/session-store';
import { MemoryStore } from '../lib/stores/memory/memory-store';
import { RedisStore } from '../lib/stores/redis/redis-store';
import { digestOf } from '../lib/tokens/digest';
import { readAccessToken } from '../lib/tokens/access-token';
import type { Tokens } from '../lib/domain/session-view';
import { faultyStore, unavailable } from './fixtures/faulty-store';
import { laptop, listenTo, phone, renewed, SessionBench, signedIn } from './fixtures/session-bench';
import { holdsAny, tracesOf } from './fixtures/secret-traces';
import { storeKinds } from './fixtures/stores';
import { freshPrefix, testRedisUrl } from './harness/test-redis';

afterEach(() => jest.restoreAllMocks());

/** All that a manager can do with a session, and the pairs that it gave out. */
async function liveThrough(sessions: SessionManager): Promise<Tokens[]> {
  const { tokens, session, userId } = await signedIn(sessions);
  const second = await renewed(sessions, tokens.refreshToken);
  const again = await renewed(sessions, tokens.refreshToken);
  const reissued = await sessions.reissue(session.id);
  if (reissued.status !== 'reissued') throw new Error(reissued.status);
  const kept = await sessions.revokeAll(userId, { except: session.id, reissue: true });
  const replacing = await signedIn(sessions, { userId, replaces: [kept.reissued!.tokens.accessToken] });
  const stolen = await renewed(sessions, replacing.tokens.refreshToken, phone);
  const last = await renewed(sessions, stolen.refreshToken, phone);
  await sessions.verify(last.accessToken);
  await sessions.refresh(replacing.tokens.refreshToken, laptop);
  await sessions.flush();
  return [tokens, second, again, reissued.tokens, kept.reissued!.tokens, replacing.tokens, stolen, last];
}

test('the traces that are searched for are found where they are', async () => {
  const store = new MemoryStore();
  const { tokens } = await signedIn(new SessionManager({ store }));
  const { secret } = readAccessToken(tokens.accessToken)!;
  for (const dump of [secret, Buffer.from(`x${secret.toString('base64')}`), Buffer.from(tokens.refreshToken)]) {
    expect(holdsAny(dump, tracesOf(tokens))).toBe(true);
  }
  expect(holdsAny(digestOf(secret), tracesOf(tokens))).toBe(false);
  await store.close();
});

test('A6 no command that reaches a store holds a token or a secret, only digests', async () => {
  const memory = new MemoryStore();
  const commands: Buffer[] = [];
  const noting = new Proxy(memory, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      return (...args: unknown[]) => {
        commands.push(serialize(args), Buffer.from(inspect(args, { depth: 20, maxStringLength: null })));
        return Reflect.apply(member, target, args) as unknown;
      };
    },
  });
  const pairs = await liveThrough(new SessionManager({ store: noting }));
  const dump = Buffer.concat(commands);
  const { secret } = readAccessToken(pairs[0]!.accessToken)!;
  expect(dump.includes(digestOf(secret))).toBe(true);
  expect(holdsAny(dump, pairs.flatMap(tracesOf))).toBe(false);
  await memory.close();
});

test('A6 a full dump of Redis holds no token and no secret, only digests', async () => {
  const prefix = freshPrefix();
  const store = new RedisStore({ url: testRedisUrl(), prefix, deadline: '15s' });
  const pairs = await liveThrough(new SessionManager({ store }));
  const live = await signedIn(new SessionManager({ store }));
  const client = new Redis(testRedisUrl());
  const dump: Buffer[] = [];
  for await (const keys of client.scanStream({ match: `*${prefix}*`, count: 1000 })) {
    for (const key of keys as string[]) {
      // DUMP may compress: what the commands bring is searched above, what scripts keep raw is searched here.
      const [value, raw] = await Promise.all([client.dumpBuffer(key), client.getBuffer(key).catch(() => null)]);
      dump.push(Buffer.from(key), value, ...(raw ? [raw] : []));
    }
  }
  client.disconnect();
  const all = Buffer.concat(dump);
  expect(dump.length).toBeGreaterThan(3);
  expect(all.includes(digestOf(readAccessToken(live.tokens.accessToken)!.secret))).toBe(true);
  expect(holdsAny(all, [...pairs, live.tokens].flatMap(tracesOf))).toBe(false);
  await store.close();
});

describe.each(storeKinds)('on $name', (kind) => {
  let bench: SessionBench;
  beforeAll(() => (bench = new SessionBench(kind)));
  afterAll(() => bench.close());

  test('A65 no event, view, history entry or refusal holds a token or a secret', async () => {
    const sessions = bench.open();
    const heard: unknown[] = listenTo(sessions);
    const pairs = await liveThrough(sessions);
    for (const { accessToken, refreshToken } of pairs) {
      heard.push(await sessions.verify(accessToken), await sessions.introspect(accessToken));
      heard.push(await sessions.refresh(refreshToken!), await sessions.revokeToken(refreshToken!));
      const { id } = readAccessToken(accessToken)!;
      const record = await bench.store.port.find(id);
      heard.push(await sessions.list(record!.profile.userId, { include: 'ended' }));
      heard.push(await sessions.history(record!.profile.userId));
    }
    const told = Buffer.from(inspect(heard, { depth: 20, maxStringLength: null, maxArrayLength: null }));
    expect(holdsAny(told, pairs.flatMap(tracesOf))).toBe(false);
    expect(told.toString()).not.toMatch(/s[ar]t_/);
  });

  test('A65 no error holds the token that was in its place, however wrong that place', async () => {
    const sessions = bench.open();
    const { tokens, session } = await signedIn(sessions);
    const errors: unknown[] = [];
    for (const token of [tokens.accessToken, tokens.refreshToken]) {
      const mistakes = [
        () => sessions.list(token.repeat(9)),
        () => sessions.list('alice', { cursor: token }),
        () => sessions.list('alice', { applicationId: token }),
        () => sessions.history('alice', { cursor: token }),
        () => sessions.revokeAll('alice', { except: token }),
        () => sessions.revoke(session.id, { reason: token }),
        () => sessions.update(session.id, { name: token }),
        () => sessions.create({ userId: 'alice', deviceId: token, applicationId: token }),
        () => sessions.create({ userId: 'alice', remember: token as never }),
      ];
      for (const mistake of mistakes) errors.push(await mistake().catch((error: unknown) => error));
    }
    expect(errors.every((error) => error instanceof Error)).toBe(true);
    const told = errors.map((error) => inspect(error, { depth: 20 })).join('\n');
    expect(told).not.toMatch(/s[ar]t_/);
    expect(holdsAny(Buffer.from(told), tracesOf(tokens))).toBe(false);
  });

  test('C-timing A6 digests are compared in constant time, and never as text', async () => {
    const sessions = bench.open();
    const { tokens } = await signedIn(sessions);
    const compare = jest.spyOn(crypto, 'timingSafeEqual');
    await sessions.verify(tokens.accessToken);
    expect(compare).toHaveBeenCalled();
    for (const [one, other] of compare.mock.calls) {
      expect([Buffer.isBuffer(one), (one as Buffer).length]).toEqual([true, (other as Buffer).length]);
    }
  });
});

test('A65 what a store says when it fails passes through as it is and gains no token', async () => {
  const memory: SessionStore = new MemoryStore();
  const faulty = faultyStore(memory);
  const sessions = new SessionManager({ store: faulty.port });
  const { tokens } = await signedIn(sessions);
  faulty.interceptNext('rotate', () => Promise.reject(unavailable()));
  const error: unknown = await sessions.refresh(tokens.refreshToken).catch((reason: unknown) => reason);
  expect(holdsAny(Buffer.from(inspect(error, { depth: 20 })), tracesOf(tokens))).toBe(false);
  await memory.close();
});
