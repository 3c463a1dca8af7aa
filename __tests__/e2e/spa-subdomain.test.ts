import { type BrowserContext, type Page } from 'playwright-core';
import { runExample, stopExamples } from '../examples/start-example';
import { launchBrowser } from '../harness/browser';
import { freePort } from '../harness/free-port';
import { listen } from '../harness/listen';
import { crossOriginPost } from './fixtures/cross-origin-post';

jest.setTimeout(60_000);

let spa: string;
let api: string;
let browser: BrowserContext;
let page: Page;

beforeAll(async () => {
  const [apiPort, spaPort] = [await freePort(), await freePort()];
  const example = runExample('spa-subdomain/server.js', [], { API_PORT: `${apiPort}`, SPA_PORT: `${spaPort}` });
  const [, pageOrigin, apiOrigin] = await example.prints(/the page on (\S+), its API on (\S+)/);
  [spa, api] = [pageOrigin!, apiOrigin!];
  browser = await launchBrowser();
});

beforeEach(async () => {
  await browser.clearCookies();
  page = await browser.newPage();
  await page.goto(spa);
  await page.getByLabel('Username').fill('alice');
  await page.getByLabel('Password').fill('wonderland');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('Signed in as alice.').waitFor();
});

afterEach(() => page.close());

afterAll(async () => {
  await browser.close();
  await stopExamples();
});

test('the browser keeps the Secure cookies of the domain, over plain http', async () => {
  const cookies = await browser.cookies();
  const names = ['__Secure-sk-access', '__Secure-sk-device', '__Secure-sk-refresh'];
  expect(cookies.map(({ name }) => name).sort()).toEqual(names);
  for (const cookie of cookies) {
    expect(cookie).toMatchObject({ domain: '.example.localhost', secure: true, httpOnly: true });
  }
});

test('the page is still signed in after a reload, and lists the device', async () => {
  await page.reload();
  await page.getByText('Signed in as alice.').waitFor();
  expect(await page.getByRole('listitem').allInnerTexts()).toContainEqual(expect.stringMatching(/on Linux, here$/));
});

test('signing out leaves no token in the cookie jar, only the id of the browser (A17)', async () => {
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByText('Signed out.').waitFor();
  expect((await browser.cookies()).map(({ name }) => name)).toEqual(['__Secure-sk-device']);
});

test('a page on another subdomain of the same site can neither read nor change anything (C-CSRF, A48)', async () => {
  const other = await listen((_req, res) => res.setHeader('Content-Type', 'text/html').end('<h1>a sibling</h1>'));
  const sibling = await browser.newPage();
  await sibling.goto(`http://other.example.localhost:${other.port}`);
  const reading = await sibling.evaluate(
    (target) =>
      fetch(target, { credentials: 'include' }).then(
        () => 'read',
        () => 'refused',
      ),
    `${api}/me`,
  );
  expect(reading).toBe('refused');
  const { status, cookies } = await crossOriginPost(sibling, `${api}/logout`);
  expect(cookies).toContain('__Secure-sk-access=');
  expect(status).toBe(403);
  await page.reload();
  await page.getByText('Signed in as alice.').waitFor();
  await sibling.close();
  await other.close();
});
