import type { Client } from '../../lib/domain/client';
import { laptop, listenTo, namesOf, phone, renewed, SessionBench, signedIn } from '../fixtures/session-bench';
import { minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';
import { userAgents } from '../fixtures/user-agents';

describe.each(storeKinds)('a refresh token presented again on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  const after = (milliseconds: number): string => new Date(bench.time.now() + milliseconds).toISOString();

  test('A26 B19 gets the same successor: the reply may have been lost', async () => {
    const sessions = bench.open();
    const { tokens } = await signedIn(sessions);
    bench.store.loseReply('rotate');
    await expect(sessions.refresh(tokens.refreshToken, laptop)).rejects.toMatchObject({ status: 503 });
    const first = await sessions.refresh(tokens.refreshToken, laptop);
    const second = await sessions.refresh(tokens.refreshToken, laptop);
    expect(first).toMatchObject({ status: 'repeated', graceMilliseconds: 10_000 });
    expect(second).toMatchObject({ status: 'repeated', tokens: (first as { tokens: object }).tokens });
    const { accessToken, refreshToken } = (second as { tokens: typeof tokens }).tokens;
    expect(await sessions.verify(accessToken)).toMatchObject({ status: 'active' });
    expect(await sessions.refresh(refreshToken)).toMatchObject({ status: 'rotated' });
  });

  test('A26 gets it in two round trips, and the pair is word for word the first one', async () => {
    const sessions = bench.open();
    const { tokens } = await signedIn(sessions);
    const next = await renewed(sessions, tokens.refreshToken);
    const calls = await bench.store.callsDuring(async () => {
      expect(await renewed(sessions, tokens.refreshToken)).toEqual(next);
    });
    expect(calls).toEqual(['rotate', 'repeat']);
  });

  test('A26 gets it for as long as the successor is unused, and its unused access token starts anew', async () => {
    const sessions = bench.open({ lifetimes: { refreshToken: '1h' } });
    const { tokens } = await signedIn(sessions);
    const next = await renewed(sessions, tokens.refreshToken);
    bench.time.advance(15 * minute - 1);
    expect(await renewed(sessions, tokens.refreshToken)).toEqual(next);
    bench.time.advance(1);
    const late = await renewed(sessions, tokens.refreshToken);
    expect(late).toEqual({ ...next, accessExpiresAt: after(15 * minute) });
    expect(await sessions.verify(late.accessToken)).toMatchObject({ status: 'active' });
    bench.time.advance(45 * minute);
    expect(await sessions.refresh(tokens.refreshToken)).toMatchObject({ status: 'expired' });
  });

  test.each(['verify', 'refresh'] as const)(
    'A24 A26 gets it until grace after the successor was first shown to %s, and is reuse from then on',
    async (method) => {
      const sessions = bench.open();
      const { tokens } = await signedIn(sessions);
      let next = await renewed(sessions, tokens.refreshToken);
      bench.time.advance(5 * minute);
      if (method === 'verify') await sessions.verify(next.accessToken);
      else next = await renewed(sessions, next.refreshToken);
      await sessions.flush();
      const spent = tokens.refreshToken;
      bench.time.advance(9_999);
      expect(await sessions.refresh(spent, laptop)).toMatchObject({
        status: method === 'verify' ? 'repeated' : 'reused',
      });
      bench.time.advance(1);
      expect((await sessions.refresh(spent, laptop)).status).toBe(method === 'verify' ? 'reused' : 'revoked');
      expect(await sessions.verify(next.accessToken)).toMatchObject({ status: 'revoked', reason: 'token_reuse' });
    },
  );

  test('A26 with grace 0s is reuse at once', async () => {
    const sessions = bench.open({ rotation: { grace: '0s' } });
    const { tokens } = await signedIn(sessions);
    const next = await renewed(sessions, tokens.refreshToken);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'expired' });
    expect(await sessions.verify(next.accessToken)).toMatchObject({ status: 'active' });
    expect(await sessions.refresh(tokens.refreshToken, laptop)).toMatchObject({ status: 'reused' });
  });

  describe('on another device', () => {
    const outcomeOn = async (first: Client, second: Client | undefined): Promise<string> => {
      const sessions = bench.open();
      const { tokens } = await signedIn(sessions, { client: first });
      await sessions.refresh(tokens.refreshToken, first);
      return (await sessions.refresh(tokens.refreshToken, second)).status;
    };

    test.each<[string, Client, Client | undefined, string]>([
      ['the same browser, updated', laptop, { userAgent: userAgents.firefoxOnLinuxUpdated }, 'repeated'],
      ['the same browser at another address', laptop, { ...laptop, ip: phone.ip! }, 'repeated'],
      ['another browser', laptop, phone, 'reused'],
      ['a client that says nothing', laptop, {}, 'reused'],
      ['a caller that tells of no client', laptop, undefined, 'repeated'],
      ['absent after absent', {}, {}, 'repeated'],
      [
        'the same device id in another browser',
        { ...laptop, deviceId: 'd' },
        { ...phone, deviceId: 'd' },
        'repeated',
      ],
      [
        'another device id in the same browser',
        { ...laptop, deviceId: 'd' },
        { ...laptop, deviceId: 'e' },
        'reused',
      ],
      ['a device id on one side only', { ...laptop, deviceId: 'd' }, laptop, 'repeated'],
    ])('%s', async (_, first, second, status) => {
      expect(await outcomeOn(first, second)).toBe(status);
    });
  });

  test('is written to the history once, however often it comes', async () => {
    const sessions = bench.open();
    const { tokens, userId, session } = await signedIn(sessions);
    await renewed(sessions, tokens.refreshToken);
    for (let turn = 0; turn < 3; turn++) await renewed(sessions, tokens.refreshToken);
    const { data } = await sessions.history(userId);
    expect(data.map(({ event }) => event)).toEqual(['token_repeated', 'session_created']);
    expect(data[0]).toMatchObject({ sessionId: session.id, actor: { type: 'user' }, ip: laptop.ip });
  });

  test('keeps an address out of the history that is none', async () => {
    const sessions = bench.open();
    const { tokens, userId } = await signedIn(sessions);
    await renewed(sessions, tokens.refreshToken);
    await renewed(sessions, tokens.refreshToken, { ...laptop, ip: 'x\r\n'.repeat(1_000) });
    expect((await sessions.history(userId)).data[0]).toMatchObject({ event: 'token_repeated', ip: null });
  });

  describe('raises an event', () => {
    const repeatedAfter = async (milliseconds: number, client: Client): Promise<unknown[]> => {
      const sessions = bench.open();
      const { tokens } = await signedIn(sessions);
      await renewed(sessions, tokens.refreshToken);
      const heard = listenTo(sessions);
      bench.time.advance(milliseconds);
      await renewed(sessions, tokens.refreshToken, client);
      return heard;
    };
    const raised = (facts: object): unknown[] => [
      { name: 'token.repeated', event: { session: expect.anything() as unknown, ...facts } },
    ];

    test('C-replay from another network', async () => {
      expect(await repeatedAfter(0, { ...laptop, ip: '203.0.113.9' })).toEqual(
        raised({ late: false, otherNetwork: true }),
      );
    });

    test('later than grace after the rotation', async () => {
      expect(await repeatedAfter(10_000, laptop)).toEqual([]);
      expect(await repeatedAfter(10_001, laptop)).toEqual(raised({ late: true, otherNetwork: false }));
    });

    test('and none in time from the same network', async () => {
      expect(await repeatedAfter(0, { ...laptop, ip: '192.0.2.99' })).toEqual([]);
    });
  });

  test('while another request rotates on is judged by what the session has become', async () => {
    const sessions = bench.open();
    const { tokens } = await signedIn(sessions);
    const next = await renewed(sessions, tokens.refreshToken);
    const heard = listenTo(sessions);
    bench.store.interceptNext('repeat', async (proceed) => {
      await renewed(sessions, next.refreshToken);
      return proceed();
    });
    expect(await sessions.refresh(tokens.refreshToken, laptop)).toMatchObject({ status: 'reused' });
    expect(namesOf(heard)).toEqual(['token.rotated', 'session.ended', 'token.reused']);
  });

  test('A36 while another request ends the session is revoked', async () => {
    const sessions = bench.open();
    const { tokens, session } = await signedIn(sessions);
    await renewed(sessions, tokens.refreshToken);
    bench.store.interceptNext('repeat', async (proceed) => {
      await sessions.revoke(session.id);
      return proceed();
    });
    expect(await sessions.refresh(tokens.refreshToken, laptop)).toMatchObject({ status: 'revoked' });
  });

  test('is a fault where the store keeps answering that the session changed', async () => {
    const sessions = bench.open();
    const { tokens, session } = await signedIn(sessions);
    await renewed(sessions, tokens.refreshToken);
    for (let turn = 0; turn < 5; turn++) bench.store.interceptNext('repeat', async () => ({ status: 'missing' }));
    await expect(sessions.refresh(tokens.refreshToken, laptop)).rejects.toMatchObject({
      code: 'store_unavailable',
    });
    expect(await sessions.get(session.id)).toBeDefined();
  });
});
