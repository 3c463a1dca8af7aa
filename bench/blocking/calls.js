/**
 * Every public method of the manager, as it meets a user who has very many sessions. `method` as one would write it; a call may say more
 * of itself behind it.
 *
 * @typedef {import('../measure/sign-in.js').SignedIn} SignedIn
 *
 * @typedef {object} Scene
 * @property {import('sessionkeeper').SessionManager} sessions without a limit
 * @property {import('sessionkeeper').SessionManager} limited ends all but three of a user's sessions where it trims
 * @property {import('sessionkeeper').SessionManager} choosing the same, and a function says which
 * @property {number} count of the user's sessions
 * @property {string} userId
 * @property {SignedIn[]} known some of the sessions
 *
 * @typedef {object} Call
 * @property {string} method
 * @property {string} [how]
 * @property {(scene: Scene) => Promise<unknown>} [prepare] what comes before, unmeasured; the call is given what it gives
 * @property {(scene: Scene, prepared: any) => unknown} run
 * @property {boolean} [isLong] takes so long that few runs must do
 */

const client = {
  ip: '203.0.113.9',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
};
const attempt = { account: 'someone@example.org', client: { ...client, deviceId: 'device-of-someone' } };

/** @param {Scene} scene @param {import('sessionkeeper').LimitOptions} [limit] */
function create({ sessions, userId }, limit) {
  return sessions.create({ userId, applicationId: 'web', deviceId: 'another-device', client, limit });
}

/** @type {import('sessionkeeper').EvictionPreference} */
const oldestLast = (sessions) => sessions.map(({ id }) => id).reverse();

/** @type {Call[]} */
export const calls = [
  { method: 'create', how: 'no limit', run: (scene) => create(scene) },
  { method: 'create', how: 'room under a limit', run: (scene) => create(scene, { max: scene.count + 1 }) },
  { method: 'create', how: 'refused by a limit', run: (scene) => create(scene, { max: scene.count }) },
  {
    method: 'create',
    how: 'refused by a limit per application',
    run: (scene) => create(scene, { perApplication: scene.count }),
  },
  {
    method: 'create',
    how: 'one session makes room',
    run: (scene) => create(scene, { max: scene.count, onExceeded: 'evict-oldest' }),
  },
  {
    method: 'create',
    how: 'all but three make room',
    run: (scene) => create(scene, { max: 3, onExceeded: 'evict-least-recent' }),
  },
  {
    method: 'create',
    how: 'a function says which makes room',
    run: (scene) => create(scene, { max: scene.count, onExceeded: oldestLast }),
  },
  {
    method: 'resolveLimit',
    async prepare(scene) {
      const outcome = await create(scene, { max: scene.count });
      if (outcome.status !== 'limit-reached') throw new Error(outcome.status);
      return outcome.resolutionToken;
    },
    run: ({ sessions, known }, token) => sessions.resolveLimit(token, of(known).id),
  },
  { method: 'verify', run: ({ sessions, known }) => sessions.verify(of(known).accessToken) },
  { method: 'verifyFromCache', run: ({ sessions, known }) => sessions.verifyFromCache(of(known).accessToken) },
  { method: 'refresh', run: ({ sessions, known }) => sessions.refresh(of(known).refreshToken, client) },
  { method: 'reissue', run: ({ sessions, known }) => sessions.reissue(of(known).id) },
  { method: 'introspect', run: ({ sessions, known }) => sessions.introspect(of(known).accessToken) },
  { method: 'get', run: ({ sessions, known }) => sessions.get(of(known).id) },
  { method: 'list', how: 'first page of 50', run: ({ sessions, userId }) => sessions.list(userId) },
  { method: 'list', how: 'all pages of 100, one after the other', isLong: true, run: listAll },
  {
    method: 'list',
    how: 'one application and the ended',
    run: ({ sessions, userId }) => sessions.list(userId, { applicationId: 'none', include: 'ended' }),
  },
  { method: 'update', run: ({ sessions, known }) => sessions.update(of(known).id, { name: 'Laptop' }) },
  {
    method: 'updateAll',
    isLong: true,
    run: ({ sessions, userId }) => sessions.updateAll(userId, { data: { role: 'admin' } }),
  },
  { method: 'revoke', run: ({ sessions, known }) => sessions.revoke(of(known).id) },
  { method: 'revokeAll', run: ({ sessions, userId }) => sessions.revokeAll(userId) },
  {
    method: 'revokeAll',
    how: 'one is kept and re-keyed',
    run: ({ sessions, userId, known }) => sessions.revokeAll(userId, { except: of(known).id, reissue: true }),
  },
  { method: 'devices', run: ({ sessions, userId }) => sessions.devices(userId) },
  {
    method: 'revokeDevice',
    run: async ({ sessions, userId }) => {
      const [group] = (await sessions.devices(userId)).data;
      await sessions.revokeDevice(userId, group?.device.id ?? 'none');
    },
  },
  { method: 'revokeUntrusted', run: ({ sessions, userId }) => sessions.revokeUntrusted(userId) },
  { method: 'revokeToken', run: ({ sessions, known }) => sessions.revokeToken(of(known).refreshToken) },
  {
    method: 'history',
    how: 'of 200 entries',
    prepare: async ({ sessions, known }) => {
      for (let change = 0; change < 200; change++)
        await sessions.update(of(known).id, { name: `Laptop ${change}` });
    },
    run: ({ sessions, userId }) => sessions.history(userId, { limit: 100 }),
  },
  { method: 'now', run: ({ sessions }) => sessions.now() },
  {
    method: 'hasRecentLogin',
    prepare: ({ sessions, known }) => sessions.get(of(known).id),
    run: ({ sessions }, session) => sessions.hasRecentLogin(session, '5m'),
  },
  { method: 'health', run: ({ sessions }) => sessions.health() },
  {
    method: 'flush',
    how: 'a thousand touches',
    prepare: ({ sessions, known }) => Promise.all(known.map(({ accessToken }) => sessions.verify(accessToken))),
    run: ({ sessions }) => sessions.flush(),
  },
  { method: 'on', run: ({ sessions }) => sessions.on('session.created', () => undefined)() },
  { method: 'limits.set', run: ({ sessions, userId }) => sessions.limits.set(userId, 5) },
  { method: 'limits.get', run: ({ sessions, userId }) => sessions.limits.get(userId) },
  { method: 'limits.trim', run: ({ limited, userId }) => limited.limits.trim(userId) },
  {
    method: 'limits.trim',
    how: 'a function says which',
    run: ({ choosing, userId }) => choosing.limits.trim(userId),
  },
  { method: 'lockout.check', run: ({ sessions }) => sessions.lockout.check(attempt) },
  { method: 'lockout.recordFailure', run: ({ sessions }) => sessions.lockout.recordFailure(attempt) },
  { method: 'lockout.recordSuccess', run: ({ sessions }) => sessions.lockout.recordSuccess(attempt) },
  { method: 'lockout.failuresOf', run: ({ sessions }) => sessions.lockout.failuresOf(attempt) },
  { method: 'lockout.state', run: ({ sessions }) => sessions.lockout.state(attempt.account) },
  { method: 'lockout.history', run: ({ sessions }) => sessions.lockout.history(attempt.account) },
  { method: 'lockout.unlock', run: ({ sessions }) => sessions.lockout.unlock(attempt.account) },
];

/**
 * Methods that no call stands for.
 *
 * @param {import('sessionkeeper').SessionManager} sessions
 */
export function uncovered(sessions) {
  const covered = new Set(calls.map(({ method }) => method));
  const all = [
    ...methodsOf(sessions),
    ...methodsOf(sessions.limits).map((name) => `limits.${name}`),
    ...methodsOf(sessions.lockout).map((name) => `lockout.${name}`),
  ];
  // Closing ends what the others need.
  return all.filter((name) => !covered.has(name) && name !== 'close');
}

/** @param {object} instance */
function methodsOf(instance) {
  return Object.getOwnPropertyNames(Object.getPrototypeOf(instance)).filter((name) => name !== 'constructor');
}

/** @param {SignedIn[]} known */
function of([first]) {
  if (!first) throw new Error('nobody is signed in');
  return first;
}

/** @param {Scene} scene */
async function listAll({ sessions, userId }) {
  /** @type {string | null} */
  let cursor = null;
  do {
    const page = await sessions.list(userId, { limit: 100, ...(cursor && { cursor }) });
    cursor = page.nextCursor;
  } while (cursor);
}
