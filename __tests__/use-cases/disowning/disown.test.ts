import type { SessionManager } from '../../../lib/session-manager';
import { impersonated } from '../../fixtures/impersonations';
import { laptop, listenTo, phone, SessionBench, type SignedIn, signedIn } from '../../fixtures/session-bench';
import { storeKinds } from '../../fixtures/stores';

const minute = 60_000;
const client = { ip: '203.0.113.9' };

describe.each(storeKinds)('saying that a sign-in was not theirs, on $name', (kind) => {
  let bench: SessionBench;
  let sessions: SessionManager;
  let own: SignedIn;
  let stolen: SignedIn;
  let token: string;
  beforeAll(() => (bench = new SessionBench(kind)));
  afterAll(() => bench.close());
  beforeEach(async () => {
    sessions = bench.open({ impersonation: {} });
    own = await signedIn(sessions, { client: phone });
    bench.time.advance(minute);
    stolen = await signedIn(sessions, { userId: own.userId });
    token = await linkFor(stolen);
    bench.time.advance(minute);
  });

  async function linkFor({ session }: SignedIn): Promise<string> {
    const outcome = await sessions.disowning.issue(session.id);
    if (outcome.status !== 'issued') throw new Error(outcome.status);
    return outcome.token;
  }

  const statusOf = async ({ tokens }: SignedIn) => (await sessions.verify(tokens.accessToken)).status;

  test('C-theft ends that session and those since, asks every other device for its login, and tells the app', async () => {
    const since = await signedIn(sessions, { userId: own.userId });
    const stranger = await signedIn(sessions);
    const heard = listenTo(sessions);
    const outcome = await sessions.disowning.disown(token, { client });
    const told = { userId: own.userId, ended: 2, stepUps: 1, durable: true };
    expect(outcome).toEqual({ status: 'disowned', ...told });
    for (const gone of [stolen, since]) {
      const refused = { status: 'revoked', reason: 'disowned' };
      expect(await sessions.verify(gone.tokens.accessToken)).toMatchObject(refused);
      expect(await sessions.refresh(gone.tokens.refreshToken, laptop)).toMatchObject(refused);
    }
    expect(await sessions.get(own.session.id)).toMatchObject({ stepUpRequired: true });
    expect(await statusOf(stranger)).toBe('active');
    const actor = { type: 'user' };
    expect(heard.filter(({ name }) => name !== 'token.rotated')).toEqual([
      {
        name: 'one-time-token.redeemed',
        event: { purpose: 'disown', userId: own.userId, remainingUses: 0 },
      },
      {
        name: 'sessions.ended',
        event: { userId: own.userId, count: 2, reason: 'disowned', actor, durable: true },
      },
      { name: 'sign-in.disowned', event: { ...told, sessionId: stolen.session.id } },
    ]);
    const [entry] = (await sessions.history(own.userId)).data;
    expect(entry).toMatchObject({
      event: 'sign_in_disowned',
      actor,
      sessionId: stolen.session.id,
      reason: 'disowned',
      count: 2,
      ip: client.ip,
    });
  });

  test('it works when the session has ended by itself long since, and ends what came after it', async () => {
    await sessions.revoke(stolen.session.id);
    for (let count = 0; count < 25; count++) {
      const { session } = await signedIn(sessions, { userId: own.userId });
      await sessions.revoke(session.id);
    }
    await signedIn(sessions, { userId: own.userId });
    bench.time.advance(6 * 24 * 60 * minute);
    expect(await sessions.disowning.disown(token)).toMatchObject({ status: 'disowned', userId: own.userId });
    expect(
      (await sessions.list(own.userId)).data.filter(({ createdAt }) => createdAt >= stolen.session.createdAt),
    ).toEqual([]);
  });

  test('A37 a sign-in that was under way is refused, and a new one is not', async () => {
    const startedAt = await sessions.now();
    expect(await sessions.disowning.disown(token)).toMatchObject({ status: 'disowned' });
    expect(await sessions.create({ userId: own.userId, startedAt })).toMatchObject({ status: 'stale-sign-in' });
    bench.time.advance(1);
    const fresh = await signedIn(sessions, { userId: own.userId, startedAt: await sessions.now() });
    expect(await statusOf(fresh)).toBe('active');
    expect(await sessions.get(fresh.session.id)).toMatchObject({ stepUpRequired: false });
  });

  test('the session that remains is renewed like any other: the demand stays until a login', async () => {
    await sessions.disowning.disown(token);
    bench.time.advance(minute);
    await sessions.refresh(own.tokens.refreshToken, phone);
    await sessions.flush();
    expect(await sessions.get(own.session.id)).toMatchObject({ stepUpRequired: true });
    await sessions.update(own.session.id, { name: 'Phone' });
    expect(await sessions.get(own.session.id)).toMatchObject({ stepUpRequired: true });
  });

  test('A75 an administrator who was there before goes on; one who came since does not', async () => {
    const before = await signedIn(sessions);
    const used = await impersonated(sessions, { userId: before.userId });
    bench.time.advance(minute);
    const newer = await signedIn(sessions, { userId: before.userId });
    const link = await linkFor(newer);
    const since = await impersonated(sessions, { userId: before.userId });
    expect(await sessions.disowning.disown(link)).toMatchObject({ ended: 2, stepUps: 1 });
    expect(await sessions.verify(used.tokens.accessToken)).toMatchObject({ status: 'active' });
    expect(await sessions.verify(since.tokens.accessToken)).toMatchObject({ status: 'revoked' });
  });

  test('A7 of a hundred parallel clicks one wins, and the others are told that it was used', async () => {
    const nodes = [sessions, bench.open()];
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, index) => nodes[index % 2]!.disowning.disown(token)),
    );
    expect(outcomes.filter(({ status }) => status === 'disowned')).toHaveLength(1);
    expect(outcomes.filter((one) => one.status === 'refused' && one.reason === 'spent')).toHaveLength(99);
    const { data } = await sessions.history(own.userId);
    expect(data.filter(({ event }) => event === 'sign_in_disowned')).toHaveLength(1);
    // Whoever clicks on and on must not wash the history away.
    expect(data.filter(({ event }) => event === 'one_time_token_refused')).toHaveLength(10);
  });

  test('A7 used again, it says so, changes nothing and is told', async () => {
    await sessions.disowning.disown(token);
    bench.time.advance(1);
    const fresh = await signedIn(sessions, { userId: own.userId });
    const heard = listenTo(sessions);
    expect(await sessions.disowning.disown(token)).toMatchObject({ status: 'refused', reason: 'spent' });
    expect(await sessions.disowning.inspect(token)).toMatchObject({ status: 'refused', reason: 'spent' });
    expect(heard).toEqual([
      { name: 'one-time-token.refused', event: { purpose: 'disown', userId: own.userId, reason: 'spent' } },
    ]);
    expect(await statusOf(fresh)).toBe('active');
  });

  test('A35 after everybody was signed out it still serves: whoever knows the password may be back', async () => {
    await sessions.revokeAll(own.userId);
    bench.time.advance(minute);
    const back = await signedIn(sessions, { userId: own.userId });
    expect(await sessions.disowning.disown(token)).toMatchObject({ status: 'disowned', ended: 1 });
    expect(await statusOf(back)).toBe('revoked');
  });

  test('A78 the link of a user who was erased is not valid', async () => {
    await sessions.privacy.erase(own.userId);
    const refused = { status: 'refused', reason: 'invalid' };
    expect(await sessions.disowning.inspect(token)).toMatchObject(refused);
    expect(await sessions.disowning.disown(token)).toMatchObject(refused);
    expect((await sessions.history(own.userId)).data).toEqual([]);
  });

  test('A79 when the store is away nothing is told, and the link serves afterwards', async () => {
    const heard = listenTo(sessions);
    bench.store.failNext('disown');
    await expect(sessions.disowning.disown(token)).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(heard).toEqual([]);
    expect(await sessions.disowning.disown(token)).toMatchObject({ status: 'disowned', ended: 1 });
  });

  test('A38 a session that a near cache served is refused from the next request on', async () => {
    const node = bench.open({ nearCache: {}, impersonation: {} });
    try {
      expect((await node.verify(stolen.tokens.accessToken)).status).toBe('active');
      await node.disowning.disown(token);
      expect((await node.verify(stolen.tokens.accessToken)).status).toBe('revoked');
    } finally {
      // The store belongs to the bench: closing the manager would close it.
      await node.flush();
    }
  });

  test('it costs two round trips, and none for what is no token', async () => {
    const { disowning } = sessions;
    expect(await bench.store.callsDuring(() => disowning.disown('sot_nonsense'))).toEqual([]);
    expect(await bench.store.callsDuring(() => disowning.inspect(token))).toEqual(['findOneTime']);
    expect(await bench.store.callsDuring(() => disowning.disown(token))).toEqual(['findOneTime', 'disown']);
    expect(await bench.store.callsDuring(() => disowning.issue(own.session.id))).toEqual(['find', 'putOneTime']);
  });
});
