import request from 'supertest';

export const windowsChrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36';
export const iphoneSafari =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1';

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
