import type { BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../harness/browser';
import { type DisowningApp, startDisowningApp } from './fixtures/disowning-app';

jest.setTimeout(60_000);

const hostile = `<img src=x onerror="document.title='taken'">`;

let app: DisowningApp;
let own: BrowserContext;
let thief: BrowserContext;
let reader: BrowserContext;

beforeAll(async () => {
  app = await startDisowningApp(hostile);
  [own, thief, reader] = await Promise.all([launchBrowser(), launchBrowser(), launchBrowser()]);
});

afterAll(async () => {
  await Promise.all([own, thief, reader].map((browser) => browser.close()));
  await app.close();
});

/** What the app answers this browser, which has the cookies it has. */
async function codeFor(browser: BrowserContext): Promise<unknown> {
  const answer = await browser.request.get(`${app.url}/me`);
  return answer.ok() ? 'in' : ((await answer.json()) as { code: unknown }).code;
}

test('A44 A49 C-XSS "this wasn’t me": a link from a mail, clicked in a browser without a session, puts the thief out and asks the others for their login', async () => {
  for (const browser of [own, thief]) await browser.request.get(`${app.url}/login`);
  expect([await codeFor(own), await codeFor(thief)]).toEqual(['in', 'in']);
  const page: Page = await reader.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));

  await page.goto(`${app.url}${app.links[1]!}`);
  expect(await page.title()).toBe('Was this you?');
  expect(await page.getByRole('definition').first().innerText()).toContain(hostile);
  const button = page.getByRole('button', { name: 'This wasn’t me: end it' });
  // The page's own style is let through by its own policy.
  const color = `getComputedStyle(document.querySelector('button')).backgroundColor`;
  expect(await page.evaluate<string>(color)).toBe('rgb(185, 28, 28)');
  await page.reload();
  expect([await codeFor(own), await codeFor(thief)]).toEqual(['in', 'in']);

  await button.click();
  await page.getByRole('heading', { name: 'It has been ended' }).waitFor();
  expect(page.url()).toBe(`${app.url}/api/v1/sessions/disown`);
  expect(await page.content()).not.toContain('sot_');
  expect([await codeFor(own), await codeFor(thief)]).toEqual(['step_up_required', 'session_revoked']);

  await page.getByRole('link', { name: 'Change your password' }).click();
  expect(await page.title()).toBe('Choose another password');
  await page.goto(`${app.url}${app.links[1]!}`);
  expect(await page.getByRole('heading').innerText()).toBe('This link has been used');
  // Of the browser's own, that an answer was 403.
  expect(complaints.filter((text) => !text.includes('403'))).toEqual([]);
  expect(app.referrers.filter((address) => address.includes('disown'))).toEqual([]);
  expect(await reader.cookies()).toEqual([]);
});
