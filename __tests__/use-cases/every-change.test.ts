import { MemoryStore } from '../../lib/stores/memory';
import type { AuditEvent } from '../../lib/domain/audit-entry';
import { SessionManager } from '../../lib/session-manager';
import type { SessionStore } from '../../lib/store/session-store';
import { impersonated } from '../fixtures/impersonations';
import { newPkce } from '../fixtures/pkce';
import { laptop, SessionBench, signedIn } from '../fixtures/session-bench';
import { minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';
import { begun, confirmed, finished } from './fleet/fleet-bench';

interface Scene {
  readonly bench: SessionBench;
  readonly sessions: SessionManager;
  readonly userId: string;
  readonly account: string;
}

interface Change {
  /** What the histories of user and account are told of it, the oldest first. */
  readonly told: readonly AuditEvent[];
  /** What comes before it, and the change itself. */
  prepare(scene: Scene): Promise<() => Promise<unknown>>;
}

const change = (told: readonly AuditEvent[], prepare: Change['prepare']): Change => ({ told, prepare });

const signIn = ({ sessions, userId }: Scene) => signedIn(sessions, { userId });

const failure = ({ sessions, account }: Scene) =>
  sessions.lockout.recordFailure({ account, client: { ip: '192.0.2.77' } });

async function stoppedSignIn(scene: Scene) {
  const { session } = await signIn(scene);
  const outcome = await scene.sessions.create({ userId: scene.userId, limit: { max: 1, onExceeded: 'reject' } });
  if (outcome.status !== 'limit-reached') throw new Error(outcome.status);
  return { session, token: outcome.resolutionToken };
}

const challenge = newPkce();

async function requestToken({ sessions, userId }: Scene): Promise<string> {
  const { codeChallenge } = challenge;
  const outcome = await sessions.exchange.issue({ userId, codeChallenge });
  return outcome.requestToken;
}

async function disowningLink(scene: Scene): Promise<string> {
  const { session } = await signIn(scene);
  const outcome = await scene.sessions.disowning.issue(session.id);
  if (outcome.status !== 'issued') throw new Error(outcome.status);
  return outcome.token;
}

/** By name of the operation: what it changes, or why it tells nothing. */
const operations: Readonly<Record<string, readonly Change[] | string>> = {
  create: [
    change(['session_created'], async (scene) => () => signIn(scene)),
    change(['session_revoked', 'session_created'], async (scene) => {
      const { tokens } = await signIn(scene);
      return () => signedIn(scene.sessions, { userId: scene.userId, replaces: [tokens.accessToken] });
    }),
    change(['session_evicted', 'session_created'], async (scene) => {
      await signIn(scene);
      const limit = { max: 1, onExceeded: 'evict-oldest' } as const;
      return () => signedIn(scene.sessions, { userId: scene.userId, limit });
    }),
    change(['session_limit_reached'], async (scene) => {
      await signIn(scene);
      const limit = { max: 1, onExceeded: 'reject' } as const;
      return () => scene.sessions.create({ userId: scene.userId, limit });
    }),
    // Another user signs in where this one was: theirs ends.
    change(['session_revoked'], async (scene) => {
      const { tokens } = await signIn(scene);
      return () => signedIn(scene.sessions, { replaces: [tokens.refreshToken] });
    }),
  ],
  resolveLimit: [
    change(['session_evicted', 'session_created'], async (scene) => {
      const { session, token } = await stoppedSignIn(scene);
      return () => scene.sessions.resolveLimit(token, session.id);
    }),
  ],
  refresh: [
    change([], async (scene) => {
      const { tokens } = await signIn(scene);
      return () => scene.sessions.refresh(tokens.refreshToken, laptop);
    }),
    change(['token_repeated'], async (scene) => {
      const { tokens } = await signIn(scene);
      await scene.sessions.refresh(tokens.refreshToken, laptop);
      return () => scene.sessions.refresh(tokens.refreshToken, laptop);
    }),
    change(['token_reused'], async (scene) => {
      const { tokens } = await signIn(scene);
      const next = await scene.sessions.refresh(tokens.refreshToken, laptop);
      if (next.status !== 'rotated') throw new Error(next.status);
      await scene.sessions.refresh(next.tokens.refreshToken!, laptop);
      return () => scene.sessions.refresh(tokens.refreshToken, laptop);
    }),
  ],
  reissue: [
    change(['session_reissued'], async (scene) => {
      const { session } = await signIn(scene);
      return () => scene.sessions.reissue(session.id);
    }),
  ],
  verify: [
    // A use moves the last use; the administrator’s own session is over.
    change(['session_revoked'], async (scene) => {
      const { sessions, userId } = scene;
      const admin = await signedIn(sessions);
      const actor = { id: 'support-7', scopes: ['impersonate'], sessionId: admin.session.id } as const;
      const { tokens } = await impersonated(sessions, { userId, actor });
      await sessions.revoke(admin.session.id);
      return () => sessions.verify(tokens.accessToken);
    }),
  ],
  update: [
    change(['session_updated'], async (scene) => {
      const { session } = await signIn(scene);
      return () => scene.sessions.update(session.id, { name: 'Kitchen' });
    }),
  ],
  updateAll: [
    change(['session_updated', 'session_updated'], async (scene) => {
      for (let count = 0; count < 2; count++) await signIn(scene);
      return () => scene.sessions.updateAll(scene.userId, { trusted: true });
    }),
  ],
  revoke: [
    change(['session_revoked'], async (scene) => {
      const { session } = await signIn(scene);
      return () => scene.sessions.revoke(session.id);
    }),
  ],
  revokeDevice: [
    change(['session_revoked'], async (scene) => {
      await signedIn(scene.sessions, { userId: scene.userId, client: { ...laptop, deviceId: 'a-browser' } });
      const { data } = await scene.sessions.devices(scene.userId);
      return () => scene.sessions.revokeDevice(scene.userId, data[0]!.device.id!);
    }),
  ],
  revokeAll: [
    change(['sessions_revoked'], async (scene) => {
      await signIn(scene);
      return () => scene.sessions.revokeAll(scene.userId);
    }),
    change(['sessions_revoked'], async (scene) => () => scene.sessions.revokeAll(scene.userId)),
  ],
  revokeUntrusted: [
    change(['sessions_revoked'], async (scene) => {
      await signIn(scene);
      return () => scene.sessions.revokeUntrusted(scene.userId);
    }),
  ],
  revokeToken: [
    change(['token_revoked'], async (scene) => {
      const { tokens } = await signIn(scene);
      return () => scene.sessions.revokeToken(tokens.accessToken, { scope: 'token' });
    }),
    change(['session_revoked'], async (scene) => {
      const { tokens } = await signIn(scene);
      return () => scene.sessions.revokeToken(tokens.refreshToken, { scope: 'session' });
    }),
  ],
  'limits.set': [
    change(['session_limit_changed'], async (scene) => () => scene.sessions.limits.set(scene.userId, 3)),
    change(['session_limit_changed'], async (scene) => () => scene.sessions.limits.set(scene.userId, null)),
  ],
  'limits.trim': [
    change(['session_evicted'], async (scene) => {
      for (let count = 0; count < 2; count++) await signIn(scene);
      await scene.sessions.limits.set(scene.userId, 1);
      return () => scene.sessions.limits.trim(scene.userId);
    }),
  ],
  'lockout.recordFailure': [change(['account_locked'], async (scene) => () => failure(scene))],
  'lockout.recordSuccess': [
    change(['account_unlocked'], async (scene) => {
      const { sessions, account } = scene;
      const known = { account, client: { ip: '192.0.2.9', deviceId: 'home' } };
      await sessions.lockout.recordSuccess(known);
      await failure(scene);
      return () => sessions.lockout.recordSuccess(known);
    }),
  ],
  'lockout.unlock': [
    change(['account_unlocked'], async (scene) => {
      await failure(scene);
      return () => scene.sessions.lockout.unlock(scene.account);
    }),
  ],
  'oneTimeTokens.issue': [
    change(['one_time_token_issued'], async ({ sessions, userId }) => () => {
      return sessions.oneTimeTokens.issue({ purpose: 'invite', lifetime: '5m', userId });
    }),
  ],
  'oneTimeTokens.redeem': [
    change(['one_time_token_redeemed', 'one_time_token_refused'], async ({ sessions, userId }) => {
      const { token } = await sessions.oneTimeTokens.issue({ purpose: 'invite', lifetime: '5m', userId });
      const redeem = () => sessions.oneTimeTokens.redeem(token, { purpose: 'invite' });
      return async () => [await redeem(), await redeem()];
    }),
  ],
  'exchange.issue': [change(['one_time_token_issued'], async (scene) => () => requestToken(scene))],
  'exchange.redeem': [
    change(['one_time_token_redeemed', 'session_created'], async (scene) => {
      const token = await requestToken(scene);
      const { codeVerifier } = challenge;
      return () => scene.sessions.exchange.redeem(token, { codeVerifier });
    }),
  ],
  'disowning.issue': [change(['session_created', 'link_issued'], async (scene) => () => disowningLink(scene))],
  'disowning.disown': [
    change(['sign_in_disowned', 'one_time_token_refused'], async (scene) => {
      const token = await disowningLink(scene);
      const disown = () => scene.sessions.disowning.disown(token);
      return async () => [await disown(), await disown()];
    }),
  ],
  'impersonation.start': [
    change(
      ['impersonation_started'],
      async ({ sessions, userId }) =>
        () =>
          impersonated(sessions, { userId }),
    ),
  ],
  'impersonation.stop': [
    change(['session_revoked'], async ({ sessions, userId }) => {
      const { session } = await impersonated(sessions, { userId });
      return () => sessions.impersonation.stop(session.id);
    }),
  ],
  'impersonation.revokeDeviceWithout': 'revokeDevice, as people may do it',
  'fleet.endAll': [
    change(['sessions_revoked'], async (scene) => {
      await signIn(scene);
      const confirmation = await confirmed(scene.sessions);
      return async () => {
        await begun(scene.sessions, confirmation);
        await finished(scene.sessions);
      };
    }),
  ],
  'fleet.resume': 'goes on with what endAll began: the same entries',
  'fleet.prepareEnding': 'a dry run; its confirmation is nobody’s token',
  'privacy.erase': 'the history goes too; what sinks are told is tested with privacy',
  verifyFromCache: 'reads',
  introspect: 'reads',
  get: 'reads',
  list: 'reads',
  devices: 'reads',
  history: 'reads',
  now: 'reads',
  hasRecentLogin: 'reads',
  health: 'reads',
  flush: 'writes uses that are pending: those are not told',
  on: 'listens',
  close: 'writes uses that are pending: those are not told',
  'limits.get': 'reads',
  'lockout.check': 'reads',
  'lockout.failuresOf': 'reads',
  'lockout.state': 'reads',
  'lockout.history': 'reads',
  'disowning.inspect': 'reads',
  'impersonation.listWithout': 'reads',
  'impersonation.devicesWithout': 'reads',
  'privacy.export': 'reads',
  'access.history': 'reads',
  'access.record': 'is the log of the administrators’ API',
  'access.countRefused': 'counts addresses: no user’s',
  'access.findHold': 'reads',
  'access.at': 'reads',
  'access.ask': 'asks the app',
  'fleet.counts': 'reads',
  'fleet.progress': 'reads',
  'audit.feed': 'reads',
  'audit.deadLetters': 'reads',
  'audit.redeliver': 'moves entries on their way, which stand in the histories',
  'audit.flush': 'delivers entries, which stand in the histories',
};

/** By verb of the port: whether each of its changes is told, or why it tells nothing. */
const verbs: Readonly<Record<keyof SessionStore, string>> = {
  create: 'told',
  repeat: 'told',
  rekey: 'told',
  amend: 'told, but for what risk keeps of a caller',
  retire: 'told',
  revoke: 'told',
  revokeAll: 'told',
  disown: 'told',
  trim: 'told',
  setLimit: 'told',
  putOneTime: 'told',
  consumeOneTime: 'told',
  count: 'told where it locks',
  reset: 'told where it unlocks',
  note: 'told',
  erase: 'told to sinks alone',
  rotate: 'a renewal',
  touch: 'a use',
  raiseFloor: 'of everybody: each user is told as their sessions end',
  saveFleetEnding: 'the state of an ending',
  tallySignIns: 'a count',
  logAccess: 'a log of its own',
  outbox: 'entries on their way',
  feed: 'entries on their way',
  ...{ deadlineMilliseconds: 'reads', now: 'reads', clockErrorMilliseconds: 'reads', find: 'reads' },
  ...{ findLimit: 'reads', findOneTime: 'reads', findCounters: 'reads', list: 'reads', history: 'reads' },
  ...{ accessLog: 'reads', survey: 'reads', findFleetEnding: 'reads', findSignIns: 'reads', watch: 'reads' },
  ...{ listOneTimes: 'reads', listLetters: 'reads', ping: 'reads', close: 'reads' },
};

const methodsOf = (target: object): string[] =>
  Object.getOwnPropertyNames(Object.getPrototypeOf(target)).filter((name) => name !== 'constructor');

test('A64 every public operation is in the table, and every verb of a store', () => {
  const sessions = new SessionManager({ store: new MemoryStore() });
  const namespaces = Object.entries(sessions).filter(([name]) => name !== 'settings');
  const inside = namespaces.flatMap(([name, space]) => methodsOf(space as object).map((one) => `${name}.${one}`));
  expect([...methodsOf(sessions), ...inside].sort()).toEqual(Object.keys(operations).sort());
  const port = [...methodsOf(new MemoryStore()), 'outbox', 'feed', 'deadlineMilliseconds'];
  expect(port.filter((verb) => !(verb in verbs))).toEqual([]);
});

const changes = Object.entries(operations).flatMap(([name, cases]) =>
  typeof cases === 'string' ? [] : cases.map((one, index) => ({ name, number: index + 1, ...one })),
);

describe.each(storeKinds)('on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  test.each(changes)('A64 $name ($number) tells $told, each with its subject', async ({ told, prepare }) => {
    const sessions = bench.open({ lockout: { maxFailures: 1 } });
    const userId = bench.newUser();
    const account = `${userId}@example.com`;
    const scene = { bench, sessions, userId, account };
    const entries = async () => [
      ...(await sessions.history(userId, { limit: 100 })).data,
      ...(await sessions.lockout.history(account)).data,
    ];
    const run = await prepare(scene);
    const before = new Set((await entries()).map(({ id }) => id));
    await run();
    const written = (await entries()).filter(({ id }) => !before.has(id)).reverse();
    expect(written.map(({ event }) => event)).toEqual(told);
    for (const entry of written) expect([userId, account]).toContain(entry.subject);
    expect(new Set(written.map(({ id }) => id)).size).toBe(told.length);
  });

  test('A65 no entry holds a token, or a secret part of one', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    const { session, tokens } = await signedIn(sessions, { userId });
    await sessions.reissue(session.id);
    const issued = await sessions.oneTimeTokens.issue({ purpose: 'invite', lifetime: '5m', userId });
    await sessions.oneTimeTokens.redeem(issued.token, { purpose: 'invite' });
    bench.time.advance(minute);
    await sessions.refresh(tokens.refreshToken);
    await sessions.revokeToken(tokens.accessToken, { scope: 'session' });
    const text = JSON.stringify(await sessions.history(userId, { limit: 100 }));
    for (const token of [tokens.accessToken, tokens.refreshToken, issued.token]) {
      expect(text).not.toContain(token.slice(4, 60));
    }
    expect(text).not.toMatch(/s[aro]t_/);
  });
});
