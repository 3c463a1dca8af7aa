import { type BrowserContext, type Page } from 'playwright-core';
import { launchBrowser } from '../harness/browser';
import { type ClockedApp, startClockedApp } from './fixtures/clocked-app';
import { QuickstartPage } from './fixtures/quickstart-page';

jest.setTimeout(60_000);

const minute = 60_000;

let app: ClockedApp;
let browser: BrowserContext;

beforeEach(async () => {
  [app, browser] = await Promise.all([startClockedApp(), launchBrowser()]);
});

afterEach(async () => {
  await browser.close();
  await app.close();
});

const statuses = (): Set<string> => new Set(app.answers.map((answer) => answer.split(' ').at(-1)!));

test('ten tabs with an expired access token all stay in (B20)', async () => {
  const first = await QuickstartPage.open(browser, app.url);
  await first.signIn('alice', 'any');
  const tabs: Page[] = await Promise.all(Array.from({ length: 10 }, () => browser.newPage()));
  for (let round = 0; round < 3; round += 1) {
    app.clock.advance(16 * minute);
    app.answers.length = 0;
    await Promise.all(tabs.map((tab) => tab.goto(app.url)));
    await Promise.all(tabs.map((tab) => tab.getByText('Signed in as alice').waitFor()));
    expect(app.answers.filter((answer) => answer.startsWith('GET /me'))).toHaveLength(10);
    expect(statuses()).not.toContain('401');
  }
  await first.page.reload();
  await first.thisDevice.waitFor();
  expect(await first.devices.count()).toBe(1);
});

test('a page left open renews its session without a word', async () => {
  const page = await QuickstartPage.open(browser, app.url);
  await page.signIn('alice', 'any');
  const accessToken = async () => (await browser.cookies()).find(({ name }) => name === 'sk-access')?.value;
  const before = await accessToken();
  app.clock.advance(20 * minute);
  await page.focus();
  await page.thisDevice.getByRole('button', { name: 'Trust' }).click();
  await page.says('The device is trusted.');
  expect(await accessToken()).toMatch(/^sat_/);
  expect(await accessToken()).not.toBe(before);
});

test('a session that has run out shows the sign-in form and says so', async () => {
  const page = await QuickstartPage.open(browser, app.url);
  await page.signIn('alice', 'any');
  app.clock.advance(60 * minute);
  await page.focus();
  await page.signInForm.waitFor();
  await page.says('Your session has expired.');
});
