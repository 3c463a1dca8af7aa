import { anEntry } from '../fixtures/history-entry';
import { laptop, listenTo, namesOf, SessionBench, signedIn } from '../fixtures/session-bench';
import { day, firefoxOnLinux, minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('a sign-in on $name', (kind) => {
  let bench: SessionBench;
  beforeAll(() => (bench = new SessionBench(kind)));
  afterAll(() => bench.close());

  const iso = (milliseconds: number): string => new Date(bench.time.now() + milliseconds).toISOString();

  test('gives the public view of the session and a pair of tokens, in one round trip', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    const outcome = await sessions.create({ userId, client: laptop });
    expect(outcome).toEqual({
      status: 'created',
      session: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        userId,
        applicationId: 'default',
        current: true,
        device: { ...firefoxOnLinux, name: null, id: null },
        ip: laptop.ip,
        userAgent: laptop.userAgent,
        location: null,
        createdAt: iso(0),
        lastSeenAt: iso(0),
        deadlines: { access: iso(15 * minute), refresh: iso(22.5 * minute), idle: null, absolute: iso(90 * day) },
        remember: false,
        trusted: false,
        stepUpRequired: false,
        risk: null,
        methods: [],
        authenticatedAt: iso(0),
        tokenHint: expect.stringMatching(/^[0-9a-f]{3}\*{4}-\*{4}-\*{4}-\*{4}-\*{8}[0-9a-f]{4}$/) as string,
        scope: [],
        data: {},
      },
      tokens: {
        accessToken: expect.stringMatching(/^sat_/) as string,
        refreshToken: expect.stringMatching(/^srt_/) as string,
        accessExpiresAt: iso(15 * minute),
        refreshExpiresAt: iso(22.5 * minute),
      },
      ended: [],
    });
    expect(await bench.store.callsDuring(() => signedIn(sessions))).toEqual(['create']);
  });

  test('keeps what the app gave: application, data, scope, methods, time and device id', async () => {
    const sessions = bench.open();
    const { session, tokens } = await signedIn(sessions, {
      applicationId: 'ios',
      data: { theme: 'dark', nested: { list: [], none: null, big: 2 ** 53 - 1 } },
      scope: ['read', 'write'],
      methods: ['pwd', 'otp'],
      authenticatedAt: bench.time.now() - 5_000,
      client: { ...laptop, deviceId: 'd-1' },
      deviceId: 'd-2',
    });
    expect(session).toMatchObject({
      applicationId: 'ios',
      data: { theme: 'dark', nested: { list: [], none: null, big: 2 ** 53 - 1 } },
      scope: ['read', 'write'],
      methods: ['pwd', 'otp'],
      authenticatedAt: iso(-5_000),
    });
    const verified = await sessions.verify(tokens.accessToken);
    expect(verified).toMatchObject({ status: 'active', session, slid: false });
  });

  test('takes no time of authentication or of beginning that has not come yet', async () => {
    const { session } = await signedIn(bench.open(), {
      authenticatedAt: bench.time.now() + minute,
      startedAt: bench.time.now() + minute,
    });
    expect(session.authenticatedAt).toBe(iso(0));
  });

  test('tells of itself in an event and in the history', async () => {
    const sessions = bench.open();
    const heard = listenTo(sessions);
    const { userId, session } = await signedIn(sessions);
    expect(heard).toEqual([{ name: 'session.created', event: { session } }]);
    expect((await sessions.history(userId)).data).toEqual([
      anEntry('session_created', {
        at: iso(0),
        subject: userId,
        sessionId: session.id,
        ip: laptop.ip,
        client: expect.objectContaining({ location: null, risk: null }) as unknown,
      }),
    ]);
  });

  test('A5 that the store did not take gives no session', async () => {
    const sessions = bench.open();
    const heard = listenTo(sessions);
    const userId = bench.newUser();
    bench.store.failNext('create');
    await expect(sessions.create({ userId })).rejects.toMatchObject({ code: 'store_unavailable' });
    expect((await sessions.list(userId)).data).toEqual([]);
    expect(namesOf(heard)).toEqual([]);
  });

  test('without a client has an unknown device', async () => {
    const outcome = await bench.open().create({ userId: bench.newUser() });
    expect(outcome).toMatchObject({
      session: { ip: null, userAgent: null, device: { browser: null, os: null, type: 'other', name: null } },
    });
  });

  test('asks the device parser that the app gave', async () => {
    const device = { browser: 'B', browserVersion: '1', os: 'O', osVersion: '2', type: 'tv', model: 'M' } as const;
    const parse = jest.fn(() => device);
    const { session } = await signedIn(bench.open({ deviceParser: { parse } }));
    expect(session.device).toEqual({ ...device, name: null, id: null });
    expect(parse).toHaveBeenCalledWith({ userAgent: laptop.userAgent });
  });
});
