import { forgedRefreshToken, guessedSecret } from '../fixtures/forged-tokens';
import { laptop, listenTo, namesOf, phone, renewed, SessionBench, signedIn } from '../fixtures/session-bench';
import { minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('a refresh token out of turn on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  test('A24 A27 C-replay of two rotations ago ends the session and all its tokens, inside the grace too', async () => {
    const sessions = bench.open();
    const { tokens, session, userId } = await signedIn(sessions);
    const second = await renewed(sessions, tokens.refreshToken);
    const third = await renewed(sessions, second.refreshToken);
    const heard = listenTo(sessions);

    expect(await sessions.refresh(tokens.refreshToken, laptop)).toMatchObject({
      status: 'reused',
      error: { code: 'session_revoked', reason: 'token_reuse', status: 401 },
    });
    expect(await sessions.verify(second.accessToken)).toMatchObject({ status: 'revoked', reason: 'token_reuse' });
    expect(await sessions.verify(third.accessToken)).toMatchObject({ status: 'revoked', reason: 'token_reuse' });
    for (const { refreshToken } of [tokens, second, third]) {
      expect(await sessions.refresh(refreshToken)).toMatchObject({ status: 'revoked', reason: 'token_reuse' });
    }
    expect(namesOf(heard)).toEqual(['session.ended', 'token.reused']);
    expect(heard[0]!.event).toMatchObject({ reason: 'token_reuse', actor: { type: 'system' } });
    expect(heard[1]!.event).toMatchObject({ session: { id: session.id, reason: 'token_reuse' } });
    expect((await sessions.list(userId)).data).toEqual([]);
    expect((await sessions.history(userId)).data[0]).toMatchObject({
      event: 'token_reused',
      reason: 'token_reuse',
      actor: { type: 'system' },
      sessionId: session.id,
    });
  });

  test('C-theft used first by a thief, it ends the session when its owner comes', async () => {
    const sessions = bench.open();
    const { tokens } = await signedIn(sessions);
    const stolen = await renewed(sessions, tokens.refreshToken, phone);
    await sessions.verify(stolen.accessToken, phone);
    await sessions.flush();
    bench.time.advance(minute);
    expect(await sessions.refresh(tokens.refreshToken, laptop)).toMatchObject({ status: 'reused' });
    expect(await sessions.verify(stolen.accessToken, phone)).toMatchObject({ status: 'revoked' });
  });

  test('with the secret of another but the family of its own is reuse or lost, and ends the session', async () => {
    const sessions = bench.open();
    const { tokens } = await signedIn(sessions);
    const next = await renewed(sessions, tokens.refreshToken);
    const older = forgedRefreshToken(next.refreshToken, { generation: 0 });
    expect(await sessions.refresh(older, laptop)).toMatchObject({ status: 'reused' });
  });

  test('B5 ahead of the store ends the session as rolled back, without a theft alarm', async () => {
    const sessions = bench.open();
    const { tokens, session, userId } = await signedIn(sessions);
    const heard = listenTo(sessions);
    const ahead = forgedRefreshToken(tokens.refreshToken, { generation: 1, secret: guessedSecret() });
    expect(await sessions.refresh(ahead, laptop)).toMatchObject({
      status: 'rolled-back',
      error: { code: 'session_revoked', reason: 'store_rolled_back' },
    });
    expect(namesOf(heard)).toEqual(['session.ended', 'store.rolled-back']);
    expect(heard[1]!.event).toMatchObject({ session: { id: session.id, reason: 'store_rolled_back' } });
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({
      status: 'revoked',
      reason: 'store_rolled_back',
    });
    expect((await sessions.history(userId)).data[0]).toMatchObject({
      event: 'store_rolled_back',
      reason: 'store_rolled_back',
    });
  });

  test('B5 of the store’s own generation with another secret is rolled back too', async () => {
    const sessions = bench.open();
    const { tokens } = await signedIn(sessions);
    const other = forgedRefreshToken(tokens.refreshToken, { secret: guessedSecret() });
    expect(await sessions.refresh(other, laptop)).toMatchObject({ status: 'rolled-back' });
  });

  test('of many requests at once ends the session once', async () => {
    const sessions = bench.open();
    const { tokens } = await signedIn(sessions);
    await renewed(sessions, (await renewed(sessions, tokens.refreshToken)).refreshToken);
    const heard = listenTo(sessions);
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => sessions.refresh(tokens.refreshToken, laptop)),
    );
    const statuses = outcomes.map(({ status }) => status).sort();
    expect(statuses).toEqual(['reused', 'revoked', 'revoked', 'revoked', 'revoked']);
    expect(namesOf(heard)).toEqual(['session.ended', 'token.reused']);
  });

  test('is nobody’s any more where the session was given another family meanwhile', async () => {
    const sessions = bench.open();
    const { tokens, session } = await signedIn(sessions);
    await renewed(sessions, (await renewed(sessions, tokens.refreshToken)).refreshToken);
    bench.store.interceptNext('revoke', async (proceed) => {
      await sessions.reissue(session.id);
      return proceed();
    });
    expect(await sessions.refresh(tokens.refreshToken, laptop)).toMatchObject({ status: 'invalid' });
    expect(await sessions.get(session.id)).toBeDefined();
  });

  test('is a fault while the session cannot be ended, and ends it at the next try', async () => {
    const sessions = bench.open();
    const { tokens } = await signedIn(sessions);
    const last = await renewed(sessions, (await renewed(sessions, tokens.refreshToken)).refreshToken);
    bench.store.failNext('revoke');
    await expect(sessions.refresh(tokens.refreshToken, laptop)).rejects.toMatchObject({
      code: 'store_unavailable',
    });
    expect(await sessions.refresh(tokens.refreshToken, laptop)).toMatchObject({ status: 'reused' });
    expect(await sessions.verify(last.accessToken)).toMatchObject({ status: 'revoked' });
  });

  test('is a fault where the store refuses a current token without a reason', async () => {
    const sessions = bench.open();
    const { tokens, session } = await signedIn(sessions);
    bench.store.interceptNext('rotate', async () => ({
      status: 'unchanged',
      record: await bench.store.port.find(session.id as never),
    }));
    await expect(sessions.refresh(tokens.refreshToken)).rejects.toMatchObject({ code: 'store_unavailable' });
  });
});
