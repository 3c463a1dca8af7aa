import { type BrowserContext, type Page } from 'playwright-core';
import { startExample, stopExamples } from '../examples/start-example';
import { launchBrowser } from '../harness/browser';
import { listen, type RunningServer } from '../harness/listen';
import { crossOriginPost } from './fixtures/cross-origin-post';
import { QuickstartPage } from './fixtures/quickstart-page';

jest.setTimeout(60_000);

let url: string;
let hostileSite: RunningServer;
let browser: BrowserContext;
let victim: QuickstartPage;

beforeAll(async () => {
  const started = await startExample('quickstart/server.js', { SESSION_LIMIT: 'none' });
  url = `http://localhost:${new URL(started.url).port}`;
  hostileSite = await listen((_req, res) => res.setHeader('Content-Type', 'text/html').end('<h1>a nice page</h1>'));
  browser = await launchBrowser();
});

beforeEach(async () => {
  await browser.clearCookies();
  victim = await QuickstartPage.open(browser, url);
  await victim.signIn('alice', 'wonderland');
});

afterEach(() => victim.page.close());

afterAll(async () => {
  await browser.close();
  await hostileSite.close();
  await stopExamples();
});

// To a browser, another port is the same site: its requests carry SameSite cookies.
describe.each([
  ['another site', () => hostileSite.url],
  ['another port of the same host', () => hostileSite.url.replace('127.0.0.1', 'localhost')],
])('a page of %s (C-CSRF, A42)', (_where, origin) => {
  let hostile: Page;

  beforeEach(async () => {
    hostile = await browser.newPage();
    await hostile.goto(origin());
  });

  afterEach(() => hostile.close());

  /** What a form of the hostile page brings about. To a server that ignores the content type, its text is JSON. */
  async function submit(path: string, json = '{'): Promise<number> {
    const name = json.replaceAll('"', '&quot;');
    await hostile.setContent(
      `<form method="post" enctype="text/plain" action="${url}${path}"><input type="hidden" name="${name}" value="&quot;}"><button>Win!</button></form>`,
    );
    const answered = hostile.waitForResponse(`${url}${path}`);
    await hostile.getByRole('button').click();
    return (await answered).status();
  }

  async function stillIn(): Promise<void> {
    await victim.page.reload();
    await victim.thisDevice.waitFor();
    expect(await victim.signedInAs()).toContain('alice');
  }

  test('cannot sign the user out with a form', async () => {
    await submit('/logout');
    await stillIn();
  });

  test('cannot change the password with a form', async () => {
    const status = await submit('/password', '{"current":"wonderland","next":"taken","x":"');
    expect([401, 403]).toContain(status);
    await stillIn();
  });

  test('cannot sign the user in as somebody else with a form', async () => {
    const status = await submit('/login', '{"username":"bob","password":"builder","x":"');
    expect([400, 403]).toContain(status);
    await stillIn();
  });

  test.each(['DELETE', 'POST', 'PATCH'])('cannot %s through fetch', async (method) => {
    const path = method === 'POST' ? '/logout' : '/api/v1/sessions/current';
    const sent = await hostile.evaluate(
      ([target, verb]) =>
        fetch(target!, { method: verb!, credentials: 'include', mode: verb === 'POST' ? 'no-cors' : 'cors' }).then(
          () => true,
          () => false,
        ),
      [`${url}${path}`, method],
    );
    // Anything but a plain POST takes a preflight, which nobody answers.
    expect(sent).toBe(method === 'POST');
    await stillIn();
  });

  test('cannot read who is signed in', async () => {
    const outcome = await hostile.evaluate(
      (target) =>
        fetch(target, { credentials: 'include' }).then(
          () => 'read',
          () => 'refused',
        ),
      `${url}/me`,
    );
    expect(outcome).toBe('refused');
  });
});

test('a page of another port is refused with 403, although the browser sends the cookies along', async () => {
  const hostile = await browser.newPage();
  await hostile.goto(hostileSite.url.replace('127.0.0.1', 'localhost'));
  const { status, cookies } = await crossOriginPost(hostile, `${url}/logout`);
  expect(cookies).toContain('sk-access=');
  expect(status).toBe(403);
  await hostile.close();
});
