import { startExample, stopExamples } from './start-example';
import { type OpenedStore, stores } from './stores';
import { type Tokens, tokensOf, visitor } from './visitor';

describe.each(stores)('a bearer client of the quickstart on $store', ({ open }) => {
  let url: string;
  let opened: OpenedStore;

  beforeAll(async () => {
    opened = await open();
    ({ url } = await startExample('quickstart/server.js', opened.env));
  });

  afterAll(async () => {
    await stopExamples();
    await opened.close();
  });

  async function signIn(): Promise<Tokens> {
    const response = await visitor(url)
      .post('/login')
      .send({ username: 'bob', password: 'builder', transport: 'bearer' })
      .expect(200);
    expect(response.get('Set-Cookie')).toBeUndefined();
    return tokensOf(response);
  }

  const me = (token: string) => visitor(url).get('/me').auth(token, { type: 'bearer' });
  const refresh = (refreshToken: string) => visitor(url).post('/api/v1/sessions/refresh').send({ refreshToken });
  const renewed = async (refreshToken: string) => tokensOf(await refresh(refreshToken).expect(200));

  test('gets its tokens in the body and no cookie', async () => {
    const tokens = await signIn();
    expect(tokens.accessToken).toMatch(/^sat_/);
    expect(tokens.refreshToken).toMatch(/^srt_/);
    expect(Date.parse(tokens.refreshExpiresAt)).toBeGreaterThan(Date.parse(tokens.accessExpiresAt));
    expect((await me(tokens.accessToken).expect(200)).body).toMatchObject({ userId: 'bob' });
  });

  test('that asks twice with one refresh token, because an answer was lost, gets the same pair (A26)', async () => {
    const { refreshToken } = await signIn();
    const [first, again] = [await renewed(refreshToken), await renewed(refreshToken)];
    expect(again.accessToken).toBe(first.accessToken);
    expect(again.refreshToken).toBe(first.refreshToken);
    await me(first.accessToken).expect(200);
  });

  test('is taken for a thief with a token from two renewals ago (A27)', async () => {
    const first = await signIn();
    const second = await renewed(first.refreshToken);
    const third = await renewed(second.refreshToken);
    await refresh(first.refreshToken).expect(401);
    expect((await me(third.accessToken).expect(401)).body).toMatchObject({
      code: 'session_revoked',
      reason: 'token_reuse',
    });
  });

  test('signs out with its token alone', async () => {
    const { accessToken } = await signIn();
    await visitor(url).post('/logout').auth(accessToken, { type: 'bearer' }).expect(204);
    expect((await me(accessToken).expect(401)).body).toMatchObject({ reason: 'signed_out' });
  });
});
