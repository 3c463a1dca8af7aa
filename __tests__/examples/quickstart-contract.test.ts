import request from 'supertest';
import { waitUntil } from '../harness/wait-until';
import { startExample, stopExamples } from './start-example';
import { stores } from './stores';
import { cookieRules, sessionOf, signedIn, visitor } from './visitor';

describe.each(stores)('the quickstart on $store', ({ open }) => {
  let url: string;
  let output: () => string;
  let close: () => Promise<void>;

  beforeAll(async () => {
    const opened = await open();
    close = opened.close;
    const started = await startExample('quickstart/server.js', opened.env);
    url = started.url;
    output = () => started.example.output;
  });

  afterAll(async () => {
    await stopExamples();
    await close();
  });

  test('says where it is and who can sign in, and warns of nothing', async () => {
    await waitUntil('both lines are printed', () => output().includes('bob'));
    expect(output()).toMatch(
      /^sessionkeeper quickstart on http:\/\/localhost:\d+ .*\n.*alice \/ wonderland.*bob \/ builder.*\n$/,
    );
  });

  test('answers a sign-in with the public view, and puts tokens in cookies only (A13)', async () => {
    const response = await visitor(url).post('/login').send({ username: 'alice', password: 'wonderland' });
    expect(response.status).toBe(200);
    expect(Object.keys(response.body as object)).toEqual(['session']);
    const session = sessionOf(response);
    expect(session).toMatchObject({
      userId: 'alice',
      current: true,
      device: { browser: 'Chrome', os: 'Windows', type: 'desktop' },
      ip: '127.0.0.1',
      remember: false,
    });
    expect(session.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(session.createdAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect(JSON.stringify(response.body)).not.toMatch(/s[aro]t_/);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(cookieRules(response).sort()).toEqual([
      'sk-access; path=/; httponly; samesite=lax',
      // A random id by which the browser is known at its next sign-in: no token, it opens nothing.
      'sk-device; max-age=34560000; path=/; httponly; samesite=lax',
      'sk-refresh; path=/; httponly; samesite=lax',
    ]);
  });

  test('answers a wrong password and an unknown user alike, and sets no cookie (A70)', async () => {
    const wrong = await visitor(url).post('/login').send({ username: 'alice', password: 'builder' });
    const unknown = await visitor(url).post('/login').send({ username: 'mallory', password: 'builder' });
    expect(wrong.status).toBe(401);
    expect(unknown.status).toBe(401);
    expect(unknown.body).toEqual(wrong.body);
    expect(wrong.get('Set-Cookie')).toBeUndefined();
  });

  test.each([
    ['no body', undefined],
    ['a missing password', { username: 'alice' }],
    ['a username that is no text', { username: { $ne: '' }, password: 'wonderland' }],
    ['an empty password', { username: 'alice', password: '' }],
    ['a password of 10 kB', { username: 'alice', password: 'x'.repeat(10_000) }],
    ['a remember that is no boolean', { username: 'alice', password: 'wonderland', remember: 'yes' }],
    ['an unknown transport', { username: 'alice', password: 'wonderland', transport: 'pigeon' }],
    ['an array', [['username', 'alice']]],
  ])('answers 400 to a sign-in with %s', async (_what, body) => {
    const response = await visitor(url).post('/login').send(body);
    expect(response.status).toBe(400);
  });

  test('answers 400 to a sign-in that is not JSON', async () => {
    await visitor(url).post('/login').type('json').send('{"username":').expect(400);
    await visitor(url).post('/login').type('form').send('username=alice&password=wonderland').expect(400);
  });

  test('shows the public view of the session on /me, and only to those who have one', async () => {
    const stranger = await visitor(url).get('/me');
    expect(stranger.status).toBe(401);
    expect(stranger.body).toMatchObject({ code: 'no_session' });
    const alice = await signedIn(url);
    const me = await alice.get('/me').expect(200);
    expect(me.body).toMatchObject({ userId: 'alice', current: true });
    expect(me.headers['cache-control']).toBe('no-store');
  });

  test('signs out, also twice and also without a session', async () => {
    const alice = await signedIn(url);
    await alice.post('/logout').expect(204);
    await alice.get('/me').expect(401);
    await alice.post('/logout').expect(204);
    await visitor(url).post('/logout').expect(204);
  });

  test('says that it is well', async () => {
    const response = await request(url).get('/health');
    expect(response.status).toBe(200);
    expect(response.body).toEqual({ status: 'up' });
  });

  test('serves a page that may run only scripts and styles of its own', async () => {
    const page = await request(url).get('/');
    expect(page.status).toBe(200);
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
    expect(page.text).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=/);
    const files = [...page.text.matchAll(/(?:src|href)="([\w./-]+)"/g)].map(([, file]) => file!);
    expect(files).toEqual(expect.arrayContaining(['app.js', 'style.css']));
    for (const file of files)
      await request(url)
        .get(new URL(file, `${url}/`).pathname)
        .expect(200);
  });
});
