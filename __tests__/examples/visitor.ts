import request, { type Response } from 'supertest';

export const windowsChrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';
export const iphoneSafari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';

export interface Tokens {
  accessToken: string;
  refreshToken: string;
  accessExpiresAt: string;
  refreshExpiresAt: string;
}

export interface Session {
  id: string;
  current: boolean;
  createdAt: string;
  device: { browser: string; os: string };
  reason?: string;
}

export type Visitor = ReturnType<typeof request.agent>;

/** A browser's worth of HTTP: a cookie jar, a user agent, and the headers that a page of the same origin sends. */
export function visitor(url: string, userAgent = windowsChrome): Visitor {
  return request.agent(url).set('User-Agent', userAgent).set('Sec-Fetch-Site', 'same-origin');
}

export async function signedIn(
  url: string,
  { username = 'alice', password = 'wonderland', userAgent = windowsChrome, ...rest } = {},
): Promise<Visitor> {
  const browser = visitor(url, userAgent);
  await browser
    .post('/login')
    .send({ username, password, ...rest })
    .expect(200);
  return browser;
}

/** The tokens in an answer to a bearer client. */
export function tokensOf({ body }: Response): Tokens {
  return (body as { tokens: Tokens }).tokens;
}

export function sessionOf({ body }: Response): Session {
  return (body as { session: Session }).session;
}

/** The cookies that an answer sets, as a Cookie header brings them back. */
export function cookiesOf(response: Response): string[] {
  return (response.get('Set-Cookie') ?? []).map((line) => line.split(';', 1)[0]!);
}

/** What an answer says of its cookies, without their values. */
export function cookieRules(response: Response): string[] {
  return (response.get('Set-Cookie') ?? []).map((line) => line.replace(/=[^;]*/, '').toLowerCase());
}
