import { type BrowserContext } from 'playwright-core';
import { startExample, stopExamples } from '../examples/start-example';
import { iphoneSafari, sessionOf, signedIn, visitor } from '../examples/visitor';
import { launchBrowser } from '../harness/browser';
import { waitUntil } from '../harness/wait-until';
import { startClockedApp } from './fixtures/clocked-app';
import { QuickstartPage } from './fixtures/quickstart-page';

jest.setTimeout(60_000);

const minute = 60_000;
const resolutions = '/api/v1/sessions/limit-resolutions';

let url: string;
let browsers: BrowserContext[];

beforeAll(async () => {
  browsers = await Promise.all(Array.from({ length: 4 }, () => launchBrowser()));
});

// A process for each test: it forgets sessions and failures.
beforeEach(async () => {
  ({ url } = await startExample('quickstart/server.js'));
});

afterEach(async () => {
  for (const browser of browsers) {
    await browser.clearCookies();
    await Promise.all(browser.pages().map((page) => page.close()));
  }
  await stopExamples();
});

afterAll(async () => {
  await Promise.all(browsers.map((browser) => browser.close()));
});

/** Three devices of alice that are no browsers of this test, and a browser that is asked which of them to sign out. */
async function openChoice(address = url): Promise<QuickstartPage> {
  for (let count = 0; count < 3; count += 1) await signedIn(address, { userAgent: iphoneSafari });
  const page = await QuickstartPage.open(browsers[0]!, address);
  await page.tryToSignIn('alice', 'wonderland');
  await page.choice.waitFor();
  return page;
}

const chooseFirst = (page: QuickstartPage): Promise<void> =>
  page.devices.first().getByRole('button', { name: 'Sign out and continue here' }).click();

/** What has the focus, as a screen reader would say it. */
const focused = (page: QuickstartPage): Promise<string> =>
  page.page.evaluate<string>('`${document.activeElement.tagName} ${document.activeElement.textContent.trim()}`');

test('the fourth browser is asked which of three to sign out, and is in; the one it chose is told why and by which (A39)', async () => {
  const pages = await Promise.all(browsers.map((browser) => QuickstartPage.open(browser, url)));
  const [first, second, third, fourth] = pages as [QuickstartPage, QuickstartPage, QuickstartPage, QuickstartPage];
  for (const [page, name] of [
    [first, 'Office'],
    [second, 'Kitchen'],
    [third, 'Train'],
  ] as const) {
    await page.signIn('alice', 'wonderland');
    await page.rename(name);
  }

  await fourth.tryToSignIn('alice', 'wonderland');
  await fourth.choice.waitFor();
  expect(await fourth.choice.innerText()).toBe("You're signed in on 3 devices — choose one to sign out");
  const shown = await fourth.devices.getByRole('heading').allInnerTexts();
  expect(shown.sort()).toEqual(['Kitchen', 'Office', 'Train']);
  const kitchen = fourth.devices.filter({ hasText: 'Kitchen' });
  expect(await kitchen.innerText()).toMatch(/Chrome[\w ]* \d+ on Linux[\s\S]*just now[\s\S]*127\.0\.0\.1/);
  expect(await kitchen.getByRole('button').allInnerTexts()).toEqual(['Sign out and continue here']);

  await kitchen.getByRole('button').dblclick();
  await fourth.says('You are signed in here, and the other device was signed out.');
  await fourth.thisDevice.waitFor();
  expect(await fourth.devices.count()).toBe(3);
  expect(await fourth.devices.filter({ hasText: 'Kitchen' }).count()).toBe(0);

  await second.focus();
  await second.signInForm.waitFor();
  await second.says('This device was signed out to make room for another one: ');
  expect(await second.notice.innerText()).toMatch(/another one: Chrome[\w ]* \d+ on Linux\. evicted$/);
  for (const page of [first, third]) {
    await page.focus();
    await page.page.getByText('A device was signed out to make room').waitFor();
    expect(await page.devices.count()).toBe(3);
  }
  expect(await fourth.thisDevice.count()).toBe(1);
  expect(pages.flatMap(({ complaints }) => complaints)).toEqual([]);
});

test('where the oldest has to go, its page says which device took its place', async () => {
  const { url: evicting } = await startExample('quickstart/server.js', {
    SESSION_LIMIT: '1',
    ON_EXCEEDED: 'evict-oldest',
  });
  const page = await QuickstartPage.open(browsers[0]!, evicting);
  await page.signIn('alice', 'wonderland');
  await signedIn(evicting, { userAgent: iphoneSafari });
  await page.focus();
  await page.signInForm.waitFor();
  await page.says('to make room for another one: Mobile Safari 17 on iOS 17.5.');
});

test('what the devices to choose from say of themselves is text, whatever they say (C-XSS, A74)', async () => {
  const hostile = `<img src=x onerror="alert('stored')"><script>alert(1)</script> Chrome/126.0`;
  const attacker = visitor(url, hostile);
  const login = await attacker.post('/login').send({ username: 'alice', password: 'wonderland' }).expect(200);
  const named = { name: '<b onmouseover=alert(2)>laptop</b>' };
  await attacker
    .patch(`/api/v1/sessions/${sessionOf(login).id}`)
    .send(named)
    .expect(200);
  for (let count = 0; count < 2; count += 1) await signedIn(url);

  const page = await QuickstartPage.open(browsers[0]!, url);
  await page.tryToSignIn('alice', 'wonderland');
  await page.choice.waitFor();
  const card = page.devices.filter({ has: page.page.getByRole('heading', { name: named.name }) });
  await card.getByText('Details').click();
  await card.getByText('<img src=x onerror=').waitFor();
  expect(await page.page.locator('main img, main b, main script').count()).toBe(0);
  await card.getByRole('button', { name: 'Sign out and continue here' }).click();
  await page.thisDevice.waitFor();
  expect(page.complaints).toEqual([]);
});

test('a keyboard alone is enough to sign in, choose and go on', async () => {
  for (let count = 0; count < 3; count += 1) await signedIn(url, { userAgent: iphoneSafari });
  const page = await QuickstartPage.open(browsers[0]!, url);
  await page.signInForm.waitFor();
  const { keyboard } = page.page;
  await keyboard.type('alice');
  await keyboard.press('Tab');
  await keyboard.type('wonderland');
  await keyboard.press('Enter');
  await page.choice.waitFor();
  // Whoever hears the page is told the question first, and comes from there to the devices.
  await waitUntil('the question has the focus', async () =>
    (await focused(page)).startsWith("H1 You're signed in"),
  );
  await keyboard.press('Tab');
  expect(await focused(page)).toBe('SUMMARY Details');
  await keyboard.press('Tab');
  expect(await focused(page)).toBe('BUTTON Sign out and continue here');
  await keyboard.press('Enter');
  await page.says('You are signed in here');
  expect(await focused(page)).toMatch(/^P You are signed in here/);
  expect(await page.devices.count()).toBe(3);
});

test('each button says to a screen reader whose device it signs out', async () => {
  const page = await openChoice();
  const described = await page.page.evaluate<string[]>(
    `[...document.querySelectorAll('#choices button')].map(
       (button) => document.getElementById(button.getAttribute('aria-describedby')).textContent,
     )`,
  );
  expect(described).toEqual(Array(3).fill('Mobile Safari 17 on iOS 17.5'));
});

test('Cancel goes back to the sign-in form, and nobody is signed out or in', async () => {
  const page = await openChoice();
  await page.press('Cancel');
  await page.signInForm.waitFor();
  expect(await page.notice.innerText()).toBe('');
  expect(await page.devices.count()).toBe(0);
  expect((await browsers[0]!.cookies()).map(({ name }) => name)).toEqual(['sk-device']);
  await page.tryToSignIn('alice', 'wonderland');
  await page.choice.waitFor();
  expect(await page.devices.count()).toBe(3);
});

test('a choice that was made already leads back to the sign-in form, with the reason (A7)', async () => {
  const [first, second] = [await signedIn(url), await signedIn(url), await signedIn(url)];
  const page = await QuickstartPage.open(browsers[0]!, url);
  const answered = page.page.waitForResponse(`${url}/login`);
  await page.tryToSignIn('alice', 'wonderland');
  const { resolutionToken } = (await (await answered).json()) as { resolutionToken: string };
  await page.choice.waitFor();
  const endSessionId = sessionOf(await first.get('/api/v1/sessions/current')).id;
  await visitor(url).post(resolutions).send({ resolutionToken, endSessionId }).expect(200);

  await chooseFirst(page);
  await page.signInForm.waitFor();
  await page.says('That choice was made already, or the time for it is over. Please sign in again.');
  await second.get('/me').expect(200);
});

test('a choice that comes after its five minutes leads back to the sign-in form, with the reason (A7)', async () => {
  const app = await startClockedApp('cookie', { max: 3 });
  const page = await openChoice(app.url);
  app.clock.advance(6 * minute);
  await chooseFirst(page);
  await page.signInForm.waitFor();
  await page.says('That choice was made already, or the time for it is over. Please sign in again.');
  await app.close();
});

test('a choice that a change of password has overtaken leads back to the sign-in form, with the reason', async () => {
  const page = await openChoice();
  const other = await QuickstartPage.open(browsers[1]!, url);
  await other.tryToSignIn('alice', 'wonderland');
  await other.choice.waitFor();
  await chooseFirst(other);
  await other.thisDevice.waitFor();
  await other.page.getByLabel('Current password').fill('wonderland');
  await other.page.getByLabel('New password').fill('looking-glass');
  await other.press('Change password');
  await other.says('The password is changed');

  await chooseFirst(page);
  await page.signInForm.waitFor();
  await page.says('All devices were signed out while you were choosing. Please sign in again.');
  await page.signIn('alice', 'looking-glass');
});

test('after many wrong passwords the page says how long to wait, and then lets the right one in', async () => {
  const app = await startClockedApp();
  const page = await QuickstartPage.open(browsers[0]!, app.url);
  const guess = async (): Promise<void> => {
    const answered = page.page.waitForResponse(`${app.url}/login`);
    await page.tryToSignIn('alice', 'wrong');
    await answered;
  };
  for (let count = 0; count < 4; count += 1) await guess();
  await page.says('wrong username or password');
  await page.tryToSignIn('alice', 'right');
  await page.says('Too many attempts. Try again in 1 second.');
  app.clock.advance(1_000);
  await guess();
  await page.tryToSignIn('alice', 'right');
  await page.says('Too many attempts. Try again in 15 minutes.');
  app.clock.advance(15 * minute);
  await page.signIn('alice', 'right');
  expect(page.complaints).toEqual([]);
  await app.close();
});
