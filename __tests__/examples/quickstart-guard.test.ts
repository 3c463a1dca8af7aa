import { type Response } from 'supertest';
import { startExample, stopExamples } from './start-example';
import { type OpenedStore, stores } from './stores';
import { signedIn, tokensOf, visitor } from './visitor';

jest.setTimeout(60_000);

const alice = { username: 'alice', password: 'wonderland' };
const wrong = { username: 'alice', password: 'guess' };

describe.each(stores)('the login of the quickstart on $store', ({ open }) => {
  let opened: OpenedStore;
  let url: string;

  // A process and a store for each test: nothing is counted yet.
  beforeEach(async () => {
    opened = await open();
    ({ url } = await startExample('quickstart/server.js', opened.env));
  });

  afterEach(async () => {
    await stopExamples();
    await opened.close();
  });

  /** A sign-in from an address of its own: the quickstart trusts a proxy on this machine. */
  const login = (body: object, from = '192.0.2.1'): Promise<Response> =>
    visitor(url).post('/login').set('X-Forwarded-For', from).send(body).then();

  /** Guesses in turn until it is told to wait: from the fifth on, unless a busy machine lets the first short wait pass. */
  async function guessUntilRefused(body: object = wrong): Promise<Response[]> {
    const answers: Response[] = [];
    do answers.push(await login(body));
    while (answers.at(-1)!.status === 401 && answers.length < 10);
    return answers;
  }

  const statusesOf = (answers: readonly Response[]): number[] => answers.map(({ status }) => status);

  const manyGuesses = (times: number): Promise<Response[]> =>
    Promise.all(Array.from({ length: times }, (_, index) => login(wrong, `198.51.100.${index}`)));

  test('makes whoever guesses wait, and says how long (A55, A68)', async () => {
    const answers = await guessUntilRefused();
    expect(statusesOf(answers.slice(0, 4))).toEqual([401, 401, 401, 401]);
    const refused = answers.at(-1)!;
    expect(refused.status).toBe(429);
    expect(refused.type).toBe('application/problem+json');
    expect(refused.body).toMatchObject({ code: 'too_many_attempts', status: 429 });
    expect(refused.headers['retry-after']).toMatch(/^\d+$/);
  });

  test('lets through no more of fifty guesses at once than of fifty in turn, from many addresses (A68, A69)', async () => {
    const statuses = statusesOf(await manyGuesses(50));
    const admitted = statuses.filter((status) => status === 401).length;
    expect(admitted).toBeGreaterThanOrEqual(4);
    // Four, and one more for each wait that was over before the last of them had arrived.
    expect(admitted).toBeLessThanOrEqual(6);
    expect(statuses.filter((status) => status === 429)).toHaveLength(50 - admitted);
  });

  test('answers for an account that does not exist exactly as for one that does (A70)', async () => {
    const known = await guessUntilRefused();
    const unknown = await guessUntilRefused({ username: 'mallory', password: 'guess' });
    const told = ({ status, body }: Response) => ({ status, body: body as unknown });
    for (const position of [0, 3, -1]) expect(told(unknown.at(position)!)).toEqual(told(known.at(position)!));
    expect(unknown.at(-1)!.status).toBe(429);
  });

  test('a device that has signed in before gets in all the same, and whoever is in stays in (A71, C-lockout-DoS)', async () => {
    const [owner, other] = [await signedIn(url), await signedIn(url)];
    await owner.post('/logout').expect(204);
    expect(statusesOf(await manyGuesses(20))).toContain(429);
    await other.get('/me').expect(200);
    await owner.post('/login').send(alice).expect(200);
    await owner.get('/me').expect(200);
  });

  test('a sign-in forgets the failures before it (A69)', async () => {
    for (let round = 0; round < 3; round += 1) {
      const failed = [await login(wrong), await login(wrong), await login(wrong)];
      expect(statusesOf(failed)).toEqual([401, 401, 401]);
      expect((await login(alice)).status).toBe(200);
    }
  });

  test('a body that is no login counts as no failure', async () => {
    for (let count = 0; count < 8; count += 1) expect((await login({ username: 'alice' })).status).toBe(400);
    expect((await login(alice)).status).toBe(200);
  });

  test.each([
    ['/password', { current: 'guess', next: 'looking-glass' }],
    ['/confirm', { password: 'guess' }],
  ])('a stolen session cannot guess the password at %s, and goes on (A68)', async (path, body) => {
    const thief = await signedIn(url);
    const statuses: number[] = [];
    // Its browser is known: not even that lets it guess for ever.
    for (let count = 0; count < 6; count += 1) statuses.push((await thief.post(path).send(body)).status);
    expect(statuses.slice(0, 4)).toEqual([403, 403, 403, 403]);
    expect(statuses).toContain(429);
    await thief.get('/me').expect(200);
  });

  test('a session opens the secret after a login, and a fresh one gives it new tokens (A8)', async () => {
    await visitor(url).get('/secret').expect(401);
    const { accessToken } = tokensOf(await login({ ...alice, transport: 'bearer' }));
    const app = visitor(url);
    const get = (path: string, token: string) => app.get(path).auth(token, { type: 'bearer' });
    await get('/secret', accessToken).expect(200);
    const confirm = (password: string) =>
      app.post('/confirm').auth(accessToken, { type: 'bearer' }).send({ password });
    await confirm('guess').expect(403);
    const before = (await get('/me', accessToken).expect(200)).body as { authenticatedAt: string; id: string };
    const confirmed = await confirm('wonderland').expect(200);
    const session = (confirmed.body as { session: { authenticatedAt: string } }).session;
    expect(session).toMatchObject({ id: before.id, methods: ['pwd'] });
    expect(session.authenticatedAt > before.authenticatedAt).toBe(true);
    await get('/me', accessToken).expect(401);
    await get('/secret', tokensOf(confirmed).accessToken).expect(200);
  });

  test('a fresh login gives a browser its new tokens in cookies only (A13)', async () => {
    const browser = await signedIn(url);
    const confirmed = await browser.post('/confirm').send({ password: 'wonderland' }).expect(200);
    expect(Object.keys(confirmed.body as object)).toEqual(['session']);
    expect(confirmed.get('Set-Cookie')?.map((line) => line.split('=')[0])).toEqual(['sk-access', 'sk-refresh']);
    await browser.get('/secret').expect(200);
    await browser.post('/confirm').send({}).expect(400);
  });
});
