import { runExample, startExample, stopExamples } from './start-example';
import { tokensOf, visitor } from './visitor';

let url: string;

beforeAll(async () => {
  ({ url } = await startExample('mobile-bearer/server.js'));
});

afterAll(stopExamples);

test('the app signs in, renews although an answer is lost, signs out, and is refused', async () => {
  const app = runExample('mobile-bearer/client.js', [url]);
  expect(await app.ended()).toEqual({ code: 0, signal: null });
  expect(app.output.trim().split('\n')).toEqual([
    'signed in on Pixel 9, Android',
    'the access token opens /me: alice',
    'renewed, although the first answer was lost',
    'the new access token opens /me',
    'signed out; the same access token now gets 401 session_revoked (signed_out)',
  ]);
});

test('the API never sets a cookie', async () => {
  const response = await visitor(url).post('/login').send({ username: 'bob', password: 'builder' });
  expect(response.body).toMatchObject({ session: { applicationId: 'mobile' }, tokens: {} });
  expect(response.get('Set-Cookie')).toBeUndefined();
});

test('the API takes tokens from the Authorization header only', async () => {
  const login = await visitor(url).post('/login').send({ username: 'bob', password: 'builder' });
  const token = tokensOf(login).accessToken;
  const asCookie = await visitor(url).get('/me').set('Cookie', `__Host-sk-access=${token}`);
  expect(asCookie.status).toBe(401);
  expect((await visitor(url).get(`/me?access_token=${token}`)).status).toBe(401);
  expect((await visitor(url).get('/me').auth(token, { type: 'bearer' })).status).toBe(200);
});

test('the API answers 400 to a sign-in that is none', async () => {
  await visitor(url).post('/login').send({ username: 'bob' }).expect(400);
  await visitor(url).post('/login').expect(400);
});

test('the API refuses a lifetime that is no duration, and says which are', async () => {
  const server = runExample('mobile-bearer/server.js', [], { PORT: '0', ACCESS_TOKEN: '900' });
  expect((await server.ended()).code).toBe(1);
  expect(server.output).toContain("expected a duration such as '15m', got '900'");
});
