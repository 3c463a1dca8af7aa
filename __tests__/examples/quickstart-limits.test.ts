import { type Response } from 'supertest';
import { startExample, stopExamples } from './start-example';
import { type OpenedStore, stores } from './stores';
import { iphoneSafari, type Session, sessionOf, signedIn, tokensOf, type Visitor, visitor } from './visitor';

jest.setTimeout(60_000);

const sessions = '/api/v1/sessions';
const resolutions = `${sessions}/limit-resolutions`;

interface LimitReached {
  code: string;
  limit: number;
  per: string;
  sessions: (Session & { ip: string; lastSeenAt: string; device: { os: string; type: string } })[];
  resolutionToken: string;
  resolutionExpiresAt: string;
}

const alice = { username: 'alice', password: 'wonderland' };

const reached = ({ body }: Response): LimitReached => body as LimitReached;

async function devicesOf(browser: Visitor): Promise<Session[]> {
  return ((await browser.get(sessions).expect(200)).body as { data: Session[] }).data;
}

/** So many browsers of alice, the one that signed in first in front. */
async function threeBrowsers(url: string): Promise<[Visitor, Visitor, Visitor]> {
  return [await signedIn(url), await signedIn(url), await signedIn(url)];
}

describe.each(stores)('the quickstart on $store', ({ open }) => {
  let opened: OpenedStore;

  beforeEach(async () => {
    opened = await open();
  });

  afterEach(async () => {
    await stopExamples();
    await opened.close();
  });

  const start = async (env: Record<string, string> = {}): Promise<string> =>
    (await startExample('quickstart/server.js', { ...opened.env, ...env })).url;

  test('refuses a fourth device, shows the three there are, and lets nobody in (A39)', async () => {
    const url = await start();
    const [first, ...others] = await threeBrowsers(url);
    await first.patch(`${sessions}/current`).send({ name: 'Kitchen' }).expect(200);
    const fourth = visitor(url, iphoneSafari);
    const refused = await fourth.post('/login').send(alice);
    expect(refused.status).toBe(409);
    expect(refused.type).toBe('application/problem+json');
    expect(refused.headers['cache-control']).toBe('no-store');
    expect(reached(refused)).toMatchObject({ code: 'session_limit_reached', limit: 3, per: 'user' });
    expect(reached(refused).resolutionToken).toMatch(/^sot_/);
    const shown = reached(refused).sessions;
    expect(shown).toHaveLength(3);
    expect(shown.map(({ device }) => (device as { name?: string }).name ?? device.os).sort()).toEqual([
      'Kitchen',
      'Windows',
      'Windows',
    ]);
    for (const one of shown) expect(one).toMatchObject({ ip: '127.0.0.1', current: false });
    await fourth.get('/me').expect(401);
    for (const browser of [first, ...others]) await browser.get('/me').expect(200);
  });

  test('lets the fourth in for the device that the person chose, once (A7)', async () => {
    const url = await start();
    const [first, second, third] = await threeBrowsers(url);
    const { id: chosen } = sessionOf(await second.get(`${sessions}/current`));
    const fourth = visitor(url, iphoneSafari);
    const { resolutionToken } = reached(await fourth.post('/login').send(alice).expect(409));
    const resolved = await fourth.post(resolutions).send({ resolutionToken, endSessionId: chosen });
    expect(resolved.status).toBe(200);
    expect(Object.keys(resolved.body as object)).toEqual(['session']);
    expect((await fourth.get('/me').expect(200)).body).toMatchObject({ id: sessionOf(resolved).id });
    expect(await devicesOf(fourth)).toHaveLength(3);
    expect((await second.get('/me').expect(401)).body).toMatchObject({
      code: 'session_revoked',
      reason: 'evicted',
      replacedBy: { browser: 'Mobile Safari', os: 'iOS' },
    });

    const { id: other } = sessionOf(await first.get(`${sessions}/current`));
    const again = await visitor(url).post(resolutions).send({ resolutionToken, endSessionId: other });
    expect(again.status).toBe(401);
    expect(again.body).toMatchObject({ code: 'token_invalid' });
    for (const browser of [first, third]) await browser.get('/me').expect(200);
  });

  test('goes on as the sign-in that was stopped: as bearer, remembered', async () => {
    const url = await start();
    await threeBrowsers(url);
    const app = visitor(url);
    const stopped = await app.post('/login').send({ ...alice, transport: 'bearer', remember: true });
    expect(stopped.get('Set-Cookie')).toBeUndefined();
    const { resolutionToken, sessions: shown } = reached(stopped);
    const resolved = await app.post(resolutions).send({ resolutionToken, endSessionId: shown[0]!.id }).expect(200);
    expect(resolved.get('Set-Cookie')).toBeUndefined();
    expect(resolved.body).toMatchObject({ session: { remember: true } });
    await app.get('/me').auth(tokensOf(resolved).accessToken, { type: 'bearer' }).expect(200);
  });

  test("keeps a resolution token to its user: another user's session stays, and the token is not spent by it", async () => {
    const url = await start();
    await threeBrowsers(url);
    const bob = await signedIn(url, { username: 'bob', password: 'builder' });
    const { id: foreign } = sessionOf(await bob.get(`${sessions}/current`));
    const fourth = visitor(url);
    const { resolutionToken, sessions: shown } = reached(await fourth.post('/login').send(alice).expect(409));
    await fourth.post(resolutions).send({ resolutionToken, endSessionId: foreign }).expect(404);
    await fourth.post(resolutions).send({ resolutionToken, endSessionId: crypto.randomUUID() }).expect(404);
    await bob.get('/me').expect(200);
    await fourth.post(resolutions).send({ resolutionToken, endSessionId: shown[0]!.id }).expect(200);
  });

  test('lets the fourth in for a device that has signed out meanwhile', async () => {
    const url = await start();
    const [first] = await threeBrowsers(url);
    const { id } = sessionOf(await first.get(`${sessions}/current`));
    const fourth = visitor(url);
    const { resolutionToken } = reached(await fourth.post('/login').send(alice).expect(409));
    await first.post('/logout').expect(204);
    await fourth.post(resolutions).send({ resolutionToken, endSessionId: id }).expect(200);
    expect(await devicesOf(fourth)).toHaveLength(3);
  });

  test('refuses to go on with a sign-in that a change of password has overtaken', async () => {
    const url = await start();
    const [first] = await threeBrowsers(url);
    const fourth = visitor(url);
    const { resolutionToken, sessions: shown } = reached(await fourth.post('/login').send(alice).expect(409));
    await first.post('/password').send({ current: 'wonderland', next: 'looking-glass' }).expect(200);
    const late = await fourth.post(resolutions).send({ resolutionToken, endSessionId: shown[0]!.id });
    expect(late.status).toBe(409);
    expect(late.body).toMatchObject({ code: 'stale_sign_in' });
    await fourth.get('/me').expect(401);
  });

  test('counts a browser that signs in anew once, and its signing out at once', async () => {
    const url = await start();
    const [first, second] = await threeBrowsers(url);
    await first.post('/login').send(alice).expect(200);
    expect(await devicesOf(first)).toHaveLength(3);
    // Its cookies are gone, but not the id by which it is known.
    await second.post('/logout').expect(204);
    await signedIn(url);
    expect(await devicesOf(first)).toHaveLength(3);
  });

  test.each([
    ['evict-oldest', 0],
    ['evict-least-recent', 1],
  ])(
    'with %s it lets the fourth in, and says to the one that makes room what took its place (A39, A41)',
    async (onExceeded, leaves) => {
      const url = await start({ ON_EXCEEDED: onExceeded });
      const browsers = await threeBrowsers(url);
      // A renewal is use that is written at once; what a mere request leaves behind may wait.
      await browsers[0].post(`${sessions}/refresh`).send({}).expect(200);
      const fourth = await signedIn(url, { userAgent: iphoneSafari });
      for (const [index, browser] of browsers.entries()) {
        const answer = await browser.get('/me');
        expect(answer.status).toBe(index === leaves ? 401 : 200);
        if (index !== leaves) continue;
        expect(answer.body).toMatchObject({
          code: 'session_revoked',
          reason: 'evicted',
          replacedBy: { browser: 'Mobile Safari', os: 'iOS' },
        });
      }
      expect(await devicesOf(fourth)).toHaveLength(3);
      const activity = await fourth.get(`${sessions}/activity`).expect(200);
      expect((activity.body as { data: unknown[] }).data).toContainEqual(
        expect.objectContaining({ event: 'session_evicted', reason: 'evicted', actor: { type: 'system' } }),
      );
    },
  );

  test('without a limit it lets everyone in', async () => {
    const url = await start({ SESSION_LIMIT: 'none' });
    for (let count = 0; count < 5; count += 1) await signedIn(url);
    expect(await devicesOf(await signedIn(url))).toHaveLength(6);
  });
});

describe('the quickstart', () => {
  afterAll(stopExamples);

  test.each(['-1', '1.5', 'many', 'Infinity'])(
    'refuses to start with a limit of %s, and says why',
    async (limit) => {
      await expect(startExample('quickstart/server.js', { SESSION_LIMIT: limit })).rejects.toThrow(
        'limit.max: expected a whole number from 1 to 1,000,000',
      );
    },
  );

  test('refuses to start with a policy that is none, and says which there are', async () => {
    await expect(startExample('quickstart/server.js', { ON_EXCEEDED: 'ignore' })).rejects.toThrow(
      "limit.onExceeded: expected 'reject', 'evict-oldest', 'evict-least-recent' or a function",
    );
  });
});
