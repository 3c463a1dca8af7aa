import { type Example, startExample, stopExamples } from './start-example';
import { stores } from './stores';
import {
  iphoneSafari,
  type Session,
  sessionOf,
  signedIn,
  tokensOf,
  type Visitor,
  visitor,
  windowsChrome,
} from './visitor';

const sessions = '/api/v1/sessions';

async function devicesOf(browser: Visitor, query = ''): Promise<Session[]> {
  const response = await browser.get(`${sessions}${query}`).expect(200);
  return (response.body as { data: Session[] }).data;
}

async function otherDevice(browser: Visitor): Promise<string> {
  return (await devicesOf(browser)).find(({ current }) => !current)!.id;
}

describe.each(stores)('two browsers at the quickstart on $store', ({ open }) => {
  let url: string;
  let close: () => Promise<void>;

  beforeAll(async () => {
    const opened = await open();
    close = opened.close;
    ({ url } = await startExample('quickstart/server.js', opened.env));
  });

  afterAll(async () => {
    await stopExamples();
    await close();
  });

  // Each test begins with nobody signed in.
  afterEach(async () => {
    for (const [username, password] of [
      ['alice', 'wonderland'],
      ['bob', 'builder'],
    ]) {
      const browser = await signedIn(url, { username: username!, password: password! });
      await browser.delete(`${sessions}?scope=all`).expect(200);
    }
  });

  test('both see both devices; one ends the other, which is refused from then on and told why', async () => {
    const laptop = await signedIn(url, { userAgent: windowsChrome });
    const phone = await signedIn(url, { userAgent: iphoneSafari });
    for (const browser of [laptop, phone]) {
      const devices = await devicesOf(browser);
      expect(devices.map(({ device }) => `${device.browser} on ${device.os}`).sort()).toEqual([
        'Chrome on Windows',
        'Mobile Safari on iOS',
      ]);
      expect(devices.filter(({ current }) => current)).toHaveLength(1);
    }

    await laptop.delete(`${sessions}/${await otherDevice(laptop)}`).expect(204);

    for (const path of ['/me', sessions, '/password']) {
      const refused = path === '/password' ? await phone.post(path).send({}) : await phone.get(path);
      expect(refused.status).toBe(401);
      expect(refused.type).toBe('application/problem+json');
      expect(refused.body).toMatchObject({ status: 401, code: 'session_revoked', reason: 'revoked' });
      expect(refused.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
    }
    expect(await devicesOf(laptop)).toHaveLength(1);
    const ended = await devicesOf(laptop, '?include=ended');
    expect(ended).toMatchObject([{ current: true }, { reason: 'revoked', device: { os: 'iOS' } }]);
    await laptop.get('/me').expect(200);
  });

  test('one signs out all others and stays in', async () => {
    const [first, second, third] = [await signedIn(url), await signedIn(url), await signedIn(url)];
    const ended = await first.delete(`${sessions}?scope=others`).expect(200);
    expect(ended.body).toEqual({ ended: 2 });
    await first.get('/me').expect(200);
    for (const browser of [second, third]) {
      expect((await browser.get('/me').expect(401)).body).toMatchObject({ code: 'session_revoked' });
    }
  });

  test("neither sees nor ends another user's devices (A72, C-IDOR)", async () => {
    const alice = await signedIn(url);
    const bob = await signedIn(url, { username: 'bob', password: 'builder' });
    const [session] = await devicesOf(alice);
    const foreign = await bob.delete(`${sessions}/${session!.id}`);
    const unknown = await bob.delete(`${sessions}/${crypto.randomUUID()}`);
    expect(foreign.status).toBe(404);
    expect(foreign.body).toEqual(unknown.body);
    expect(await devicesOf(bob)).toHaveLength(1);
    await alice.get('/me').expect(200);
  });

  test('a device is renamed and trusted', async () => {
    const browser = await signedIn(url);
    const [session] = await devicesOf(browser);
    await browser.patch(`${sessions}/${session!.id}`).send({ name: 'Work laptop', trusted: true }).expect(200);
    const me = await browser.get('/me').expect(200);
    expect(me.body).toMatchObject({ device: { name: 'Work laptop' }, trusted: true });
  });

  test('a new sign-in in a browser takes the place of the old one', async () => {
    const browser = await signedIn(url);
    await browser.post('/login').send({ username: 'alice', password: 'wonderland' }).expect(200);
    expect(await devicesOf(browser)).toHaveLength(1);
  });

  test('only the cookies of a remembered sign-in outlive the browser (A15)', async () => {
    const login = (body: object) =>
      visitor(url)
        .post('/login')
        .send({ username: 'alice', password: 'wonderland', ...body })
        .expect(200);
    const maxAges = (response: { get(header: 'Set-Cookie'): string[] | undefined }) =>
      (response.get('Set-Cookie') ?? [])
        // The id of the browser is there to stay; it opens nothing.
        .filter((line) => !line.startsWith('sk-device='))
        .map((line) => Number(/Max-Age=(\d+)/i.exec(line)?.[1] ?? Number.NaN));
    expect(maxAges(await login({}))).toEqual([Number.NaN, Number.NaN]);
    const [access, refresh] = maxAges(await login({ remember: true }));
    expect(access).toBeGreaterThan(14 * 60);
    expect(access).toBeLessThanOrEqual(15 * 60);
    expect(refresh).toBeGreaterThan(30 * 86_400 - 60);
    expect(refresh).toBeLessThanOrEqual(30 * 86_400);
  });
});

describe.each(stores)('a change of password at the quickstart on $store', ({ open }) => {
  let url: string;
  let close: () => Promise<void>;
  let example: Example;

  // A process for each test: it forgets the new password.
  beforeEach(async () => {
    const opened = await open();
    close = opened.close;
    ({ url, example } = await startExample('quickstart/server.js', opened.env));
  });

  afterEach(async () => {
    await example.stop();
    await close();
  });

  test('ends all other devices, tells them why, and gives this one new tokens (A34)', async () => {
    const [here, there] = [await signedIn(url), await signedIn(url, { userAgent: iphoneSafari })];
    const change = await here.post('/password').send({ current: 'wonderland', next: 'looking-glass' });
    expect(change.status).toBe(200);
    expect(Object.keys(change.body as object)).toEqual(['session']);
    expect(change.get('Set-Cookie')).toHaveLength(2);
    expect((await here.get('/me').expect(200)).body).toMatchObject({ id: sessionOf(change).id });
    expect((await there.get('/me').expect(401)).body).toMatchObject({
      code: 'session_revoked',
      reason: 'password_changed',
    });
    await visitor(url).post('/login').send({ username: 'alice', password: 'wonderland' }).expect(401);
    await signedIn(url, { password: 'looking-glass' });
  });

  test('kills the tokens that this device had before', async () => {
    const login = await visitor(url)
      .post('/login')
      .send({ username: 'alice', password: 'wonderland', transport: 'bearer' })
      .expect(200);
    const old = tokensOf(login);
    const app = visitor(url);
    const change = await app
      .post('/password')
      .auth(old.accessToken, { type: 'bearer' })
      .send({ current: 'wonderland', next: 'looking-glass' })
      .expect(200);
    expect(change.get('Set-Cookie')).toBeUndefined();
    await app.get('/me').auth(old.accessToken, { type: 'bearer' }).expect(401);
    await app.post(`${sessions}/refresh`).send({ refreshToken: old.refreshToken }).expect(401);
    await app.get('/me').auth(tokensOf(change).accessToken, { type: 'bearer' }).expect(200);
  });

  test('changes nothing when the current password is wrong', async () => {
    const [here, there] = [await signedIn(url), await signedIn(url)];
    await here.post('/password').send({ current: 'builder', next: 'looking-glass' }).expect(403);
    await here.post('/password').send({ current: 'wonderland' }).expect(400);
    await there.get('/me').expect(200);
    await signedIn(url);
  });
});
