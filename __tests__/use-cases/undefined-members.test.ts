import type { Client } from '../../lib/domain/client';
import type { ManagerOptions } from '../../lib/options/manager-options';
import { SessionManager } from '../../lib/session-manager';
import { MemoryStore, type MemoryStoreOptions } from '../../lib/stores/memory';
import type { CreateInput } from '../../lib/use-cases/inputs';

/** Compiles under exactOptionalPropertyTypes: what a caller may not have is `undefined`, and need not be left out. */
const none = undefined;
const location: Client['location'] = { city: none, region: none, country: none, coordinates: none };
const client: Client = { ip: none, userAgent: none, deviceId: none, hints: none, location };
const options: ManagerOptions = {
  lifetimes: { accessToken: none, refreshToken: none, idle: none, absolute: none, rememberMe: none },
  rotation: { grace: none },
  cookies: { prefix: none, secure: none, sameSite: none, domain: none },
  csrf: { allowedOrigins: none },
  requestProperty: none,
  expose: none,
  claims: none,
  deviceParser: none,
  clock: none,
};
const storeOptions: MemoryStoreOptions = { maxSessions: none };
const signIn: Omit<CreateInput<{ theme: string }>, 'userId'> = {
  startedAt: none,
  applicationId: none,
  remember: none,
  client,
  deviceId: none,
  scope: none,
  data: none,
  authenticatedAt: none,
  methods: none,
  lifetimes: { accessToken: none, refreshToken: none, idle: none, absolute: none },
  replaces: none,
};

const userId = 'alice';

async function opened() {
  const sessions = new SessionManager<{ theme: string }>({ store: new MemoryStore(storeOptions), ...options });
  const outcome = await sessions.create({ userId, ...signIn });
  if (outcome.status !== 'created') throw new Error(outcome.status);
  return { sessions, ...outcome };
}

test('options that are undefined are the defaults', () => {
  const { settings } = new SessionManager({ store: new MemoryStore(), ...options });
  expect(settings).toEqual(new SessionManager({ store: settings.store }).settings);
});

test('the null that a last page has for a cursor asks for the first page, as undefined does', async () => {
  const { sessions } = await opened();
  const read = (cursor: null | undefined) =>
    Promise.all([
      sessions.list(userId, { cursor }),
      sessions.devices(userId, { cursor }),
      sessions.history(userId, { cursor }),
      sessions.access.history({ cursor }),
      sessions.audit.feed({ cursor }),
    ]);
  const first = await read(undefined);
  expect(first.slice(0, 3).map(({ data }) => data.length)).toEqual([1, 1, 1]);
  expect(await read(null)).toEqual(first);
});

test('members that are undefined count as left out', async () => {
  const { sessions, session, tokens } = await opened();
  const ending = { reason: none, actor: none };
  expect(session).toMatchObject({ applicationId: 'default', remember: false, ip: null, scope: [], data: {} });
  expect(await sessions.verify(tokens.accessToken, client, { slide: none, fresh: none })).toMatchObject({
    status: 'active',
  });
  expect(await sessions.update(session.id, { name: none, data: none, trusted: none })).toMatchObject({
    status: 'updated',
    session: { trusted: false, data: {} },
  });
  expect(
    (await sessions.list(userId, { cursor: none, limit: none, applicationId: none, include: none })).data,
  ).toHaveLength(1);
  expect((await sessions.history(userId, { cursor: none, limit: none })).data).not.toHaveLength(0);
  expect(await sessions.refresh(tokens.refreshToken!, client, { slide: none })).toMatchObject({
    status: 'rotated',
  });
  expect(await sessions.reissue(session.id, { token: none, authenticatedAt: none, methods: none })).toMatchObject({
    status: 'reissued',
  });
  expect(await sessions.revoke(session.id, ending)).toMatchObject({ session: { reason: 'revoked' } });
  const all = { except: none, token: none, reissue: none, retry: none, ...ending };
  expect(await sessions.revokeAll(userId, all)).toMatchObject({ status: 'ended', count: 0 });
});

test('a token whose scope of revocation is undefined ends its session', async () => {
  const { sessions, tokens } = await opened();
  const options = { scope: none, reason: none, actor: none };
  expect(await sessions.revokeToken(tokens.accessToken, options)).toMatchObject({ status: 'ended' });
  expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'revoked' });
});

test('a key of data that is undefined is removed', async () => {
  const { sessions, session } = await opened();
  await sessions.update(session.id, { data: { theme: 'dark' } });
  expect(await sessions.update(session.id, { data: { theme: none } })).toMatchObject({ session: { data: {} } });
});

test('an owner that is undefined is no owner left out: an app that lost its user must not lose the check', async () => {
  const { sessions, session } = await opened();
  // @ts-expect-error: the one member whose type has no undefined
  await expect(sessions.revoke(session.id, { owner: none })).rejects.toMatchObject({ field: 'owner' });
});
