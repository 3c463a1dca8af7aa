import { freePort } from '../harness/free-port';
import { runExample, stopExamples } from './start-example';
import { cookieRules, cookiesOf, visitor } from './visitor';

let api: string;
let spa: string;
let spaOrigin: string;

beforeAll(async () => {
  const [apiPort, spaPort] = [await freePort(), await freePort()];
  const example = runExample('spa-subdomain/server.js', [], { API_PORT: `${apiPort}`, SPA_PORT: `${spaPort}` });
  const [, origin] = await example.prints(/the page on (\S+), its API on \S+/);
  spaOrigin = origin!;
  api = `http://127.0.0.1:${apiPort}`;
  spa = `http://127.0.0.1:${spaPort}`;
});

afterAll(stopExamples);

const alice = { username: 'alice', password: 'wonderland' };

/** A call as the page's browser makes it: from another origin of the same site. */
const signIn = (origin = spaOrigin) =>
  visitor(api).post('/login').set({ Origin: origin, 'Sec-Fetch-Site': 'same-site' }).send(alice);

describe('the API of the page on another host', () => {
  test('sets Secure cookies for the whole domain', async () => {
    const response = await signIn().expect(200);
    expect(cookieRules(response).sort()).toEqual([
      '__secure-sk-access; domain=example.localhost; path=/; httponly; secure; samesite=lax',
      '__secure-sk-device; max-age=34560000; domain=example.localhost; path=/; httponly; secure; samesite=lax',
      '__secure-sk-refresh; domain=example.localhost; path=/; httponly; secure; samesite=lax',
    ]);
  });

  test('lets one origin read its answers with cookies, refusals included', async () => {
    const stranger = await visitor(api).get('/me').set('Origin', spaOrigin);
    for (const response of [await signIn(), stranger]) {
      expect(response.headers).toMatchObject({
        'access-control-allow-origin': spaOrigin,
        'access-control-allow-credentials': 'true',
      });
      expect(response.headers['vary']).toContain('Origin');
    }
    expect(stranger.status).toBe(401);
  });

  test.each(['https://evil.example', 'null', 'http://app.example.localhost.evil.example', ''])(
    'lets the origin %p neither read nor change anything (A48)',
    async (origin) => {
      const reading = await visitor(api).get('/me').set('Origin', origin);
      expect(reading.headers['access-control-allow-origin']).toBeUndefined();
      const changing = await signIn(origin);
      expect(changing.status).toBe(403);
      expect(changing.body).toMatchObject({ code: 'csrf_refused' });
      expect(changing.get('Set-Cookie')).toBeUndefined();
    },
  );

  test('answers the preflight of that origin only', async () => {
    const preflight = (origin: string) =>
      visitor(api).options('/login').set({ Origin: origin, 'Access-Control-Request-Method': 'POST' });
    const allowed = await preflight(spaOrigin).expect(204);
    expect(allowed.headers['access-control-allow-methods']).toContain('POST');
    expect((await preflight('https://evil.example')).headers['access-control-allow-methods']).toBeUndefined();
  });
});

describe('the host of the page', () => {
  test('lets its page call itself and the API, nothing else', async () => {
    const page = await visitor(spa).get('/').expect(200);
    expect(page.headers['content-security-policy']).toMatch(
      /^default-src 'self'; connect-src 'self' http:\/\/api\.example\.localhost:\d+; /,
    );
  });

  test('knows from the cookies who asks', async () => {
    expect((await visitor(spa).get('/start.json')).body).toMatchObject({ userId: null });
    const pairs = cookiesOf(await signIn());
    const known = await visitor(spa).get('/start.json').set('Cookie', pairs.join('; '));
    expect(known.body).toMatchObject({ userId: 'alice' });
  });
});
