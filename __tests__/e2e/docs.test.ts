import { type BrowserContext, type Page } from 'playwright-core';
import { launchBrowser } from '../harness/browser';
import { type DocumentedApp, startDocumentedApp } from './fixtures/documented-app';

jest.setTimeout(60_000);

const mount = '/api/v1/sessions';

let app: DocumentedApp;
let browser: BrowserContext;
let page: Page;
/** What the browser complained of: script errors, refused content, files that are missing. */
let complaints: string[];
let hosts: Set<string>;

beforeAll(async () => {
  [app, browser] = await Promise.all([startDocumentedApp(), launchBrowser()]);
});

beforeEach(async () => {
  [complaints, hosts] = [[], new Set()];
  page = await browser.newPage();
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('request', (request) => hosts.add(new URL(request.url()).host));
});

afterEach(async () => {
  await page.close();
  app.shown.splice(0);
});

afterAll(async () => {
  await browser.close();
  await app.close();
});

async function open(path: string): Promise<void> {
  await page.goto(`${app.url}${mount}${path}`);
  await page.getByRole('heading', { name: 'Sessions' }).first().waitFor();
}

const operation = (summary: string) => page.locator('.opblock').filter({ hasText: summary });

test.each(['/docs', '/docs/'])(
  '%s shows the API, asks no other host, and keeps to its content policy',
  async (path) => {
    await open(path);
    for (const section of ['sessions', 'tokens', 'sign-in', 'activity']) {
      await page.locator(`#operations-tag-${section}`).waitFor();
    }
    expect(await page.locator('.opblock').count()).toBe(0);
    expect([...hosts]).toEqual([new URL(app.url).host]);
    expect(complaints).toEqual([]);
  },
);

test('its sections, and the operations in them, can be linked', async () => {
  await open('/docs#/sessions');
  await operation('Your active sessions, page by page').waitFor();
  expect(await operation('Exchange a refresh token').count()).toBe(0);
  await page.close();
  page = await browser.newPage();
  await open('/docs#/tokens/refreshSession');
  await operation('Exchange a refresh token').locator('.opblock-body').waitFor();
});

test('"try it" sends the bearer token that was pasted, and no cookie, though the browser has one', async () => {
  await page.goto(`${app.url}/login`);
  expect(await browser.cookies()).not.toEqual([]);
  const login = await browser.request.get(`${app.url}/login?bearer`);
  const { tokens } = (await login.json()) as { tokens: { accessToken: string } };
  complaints.splice(0); // that page has no icon

  await open('/docs#/sessions/listSessions');
  await page.getByRole('button', { name: 'Authorize' }).first().click();
  const dialog = page.locator('.modal-ux');
  await dialog.getByRole('textbox').fill(tokens.accessToken);
  await dialog.getByRole('button', { name: 'Apply credentials' }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  app.shown.splice(0);

  const list = operation('Your active sessions, page by page');
  await list.getByRole('button', { name: 'Try it out' }).click();
  await list.getByRole('button', { name: 'Execute' }).click();
  const answer = list.locator('.live-responses-table');
  await answer.getByText('200', { exact: true }).first().waitFor();
  expect(await answer.innerText()).toContain('"userId": "alice"');
  expect(app.shown).toEqual([{ path: '/', authorization: `Bearer ${tokens.accessToken}` }]);
  expect(complaints).toEqual([]);
});

test('the page is there to be seen: large, and of many colours', async () => {
  await open('/docs#/sessions');
  await operation('Your active sessions, page by page').waitFor();
  const picture = await page.screenshot();
  const { width, height, colours } = await look(picture);
  expect([width, height]).toEqual([1280, 720]);
  expect(picture.length).toBeGreaterThan(20_000);
  // Green, blue and red boxes: methods are told apart by colour.
  expect(colours).toBeGreaterThan(100);
});

/** How large a picture is, and how many colours it has. A page without a content policy looks at it. */
async function look(picture: Buffer): Promise<{ width: number; height: number; colours: number }> {
  const eye = await browser.newPage();
  const source = `data:image/png;base64,${picture.toString('base64')}`;
  const seen = await eye.evaluate<{ width: number; height: number; colours: number }>(`(async () => {
    const image = new Image();
    image.src = ${JSON.stringify(source)};
    await image.decode();
    const { width, height } = image;
    const canvas = new OffscreenCanvas(width, height).getContext('2d');
    canvas.drawImage(image, 0, 0);
    const pixels = new Uint32Array(canvas.getImageData(0, 0, width, height).data.buffer);
    return { width, height, colours: new Set(pixels).size };
  })()`);
  await eye.close();
  return seen;
}
