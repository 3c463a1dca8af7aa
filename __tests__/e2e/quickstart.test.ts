import { type BrowserContext } from 'playwright-core';
import { startExample, stopExamples } from '../examples/start-example';
import { visitor } from '../examples/visitor';
import { launchBrowser } from '../harness/browser';
import { waitUntil } from '../harness/wait-until';
import { QuickstartPage } from './fixtures/quickstart-page';

jest.setTimeout(60_000);

let url: string;
let browsers: [BrowserContext, BrowserContext];

beforeAll(async () => {
  browsers = await Promise.all([launchBrowser(), launchBrowser()]);
});

// A process for each test: it forgets passwords and sessions.
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

async function bothSignedIn(): Promise<[QuickstartPage, QuickstartPage]> {
  const pages = await Promise.all([QuickstartPage.open(browsers[0], url), QuickstartPage.open(browsers[1], url)]);
  for (const page of pages) await page.signIn('alice', 'wonderland');
  await pages[0].page.reload();
  await pages[0].thisDevice.waitFor();
  return pages;
}

test('of two browsers one ends the other, which is shown the sign-in form and the reason', async () => {
  const [here, there] = await bothSignedIn();
  for (const page of [here, there]) {
    expect(await page.devices.count()).toBe(2);
    expect(await page.thisDevice.count()).toBe(1);
    expect(await page.signedInAs()).toContain('alice');
  }

  await here.otherDevices.getByRole('button', { name: 'Sign out' }).click();
  await here.says('The device was signed out.');
  expect(await here.devices.count()).toBe(1);

  await there.focus();
  await there.signInForm.waitFor();
  await there.says('This device was signed out from another one.');
  expect(await there.notice.innerText()).toContain('revoked');
  expect(await there.devices.count()).toBe(0);
  expect([...here.complaints, ...there.complaints]).toEqual([]);
});

test('a change of password signs the other browser out and says why', async () => {
  const [here, there] = await bothSignedIn();
  await here.page.getByLabel('Current password').fill('wonderland');
  await here.page.getByLabel('New password').fill('looking-glass');
  await here.press('Change password');
  await here.says('The password is changed');
  expect(await here.devices.count()).toBe(1);

  // Not only on focus: whatever it does next is refused.
  await there.thisDevice.getByRole('button', { name: 'Trust' }).click();
  await there.signInForm.waitFor();
  await there.says('The password was changed on another device.');

  await there.page.getByLabel('Username').fill('alice');
  await there.page.getByLabel('Password', { exact: true }).fill('wonderland');
  await there.press('Sign in');
  await there.says('wrong username or password');
  await there.signIn('alice', 'looking-glass');
});

test('a device is renamed and trusted, and the other browser sees it', async () => {
  const [here, there] = await bothSignedIn();
  const { thisDevice } = here;
  await thisDevice.getByRole('button', { name: 'Rename' }).click();
  await thisDevice.getByLabel('Name of this device').fill('Work laptop');
  await thisDevice.getByRole('button', { name: 'Save' }).click();
  await here.says('The device has a new name.');
  await thisDevice.getByRole('button', { name: 'Trust' }).click();
  await here.says('The device is trusted.');
  await there.focus();
  await there.otherDevices.getByRole('heading', { name: 'Work laptop' }).waitFor();
  await there.otherDevices.getByText('Trusted', { exact: true }).waitFor();
});

test('after signing out the cookie jar holds no token, only the id of the browser (A17)', async () => {
  const [browser] = browsers;
  const here = await QuickstartPage.open(browser, url);
  await here.signIn('alice', 'wonderland', { remember: true });
  expect(await browser.cookies()).toHaveLength(3);
  await here.press('Sign out');
  await here.says('You signed out.');
  expect((await browser.cookies()).map(({ name }) => name)).toEqual(['sk-device']);
  await here.page.reload();
  await here.signInForm.waitFor();
  expect(await here.notice.innerText()).toBe('');
});

test('only a remembered sign-in leaves cookies that outlive the browser, and scripts see none (A11, A15)', async () => {
  const [[first, second], now] = [browsers, Date.now() / 1000];
  const [passing, remembered] = [await QuickstartPage.open(first, url), await QuickstartPage.open(second, url)];
  await passing.signIn('alice', 'wonderland');
  await remembered.signIn('alice', 'wonderland', { remember: true });
  const livesIn = async (browser: BrowserContext) => {
    const cookies = await browser.cookies();
    return Object.fromEntries(
      cookies.map(({ name, expires }) => [name, expires === -1 ? null : Math.round((expires - now) / 86_400)]),
    );
  };
  // The id of the browser is there to stay; it opens nothing.
  expect(await livesIn(first)).toEqual({ 'sk-access': null, 'sk-refresh': null, 'sk-device': 400 });
  expect(await livesIn(second)).toEqual({ 'sk-access': 0, 'sk-refresh': 30, 'sk-device': 400 });
  expect(await remembered.page.evaluate('document.cookie')).toBe('');
});

test('what a device says of itself is text, whatever it says (C-XSS, A74)', async () => {
  const hostile = `<img src=x onerror="alert('stored')"><script>alert(1)</script> Chrome/126.0`;
  const attacker = visitor(url, hostile);
  const login = await attacker.post('/login').send({ username: 'alice', password: 'wonderland' }).expect(200);
  const { id } = (login.body as { session: { id: string } }).session;
  await attacker.patch(`/api/v1/sessions/${id}`).send({ name: '<b onmouseover=alert(2)>laptop</b>' }).expect(200);

  const here = await QuickstartPage.open(browsers[0], url);
  await here.signIn('alice', 'wonderland');
  await here.otherDevices.getByRole('heading', { name: '<b onmouseover=alert(2)>laptop</b>' }).waitFor();
  await here.otherDevices.getByText('Details').click();
  await here.otherDevices.getByText('<img src=x onerror=').waitFor();
  expect(await here.page.locator('main img, main b, main script').count()).toBe(0);
  expect(here.complaints).toEqual([]);
});

test('the content policy of the page runs no script but its own', async () => {
  const here = await QuickstartPage.open(browsers[0], url);
  await here.signInForm.waitFor();
  const injected = `<img src="missing" onerror="document.title = 'taken'">`;
  await here.page.evaluate(`document.body.insertAdjacentHTML('beforeend', ${JSON.stringify(injected)})`);
  // asked from outside: a page under this policy refuses a waiting predicate's own eval
  await waitUntil('the image failed', () => here.page.evaluate<boolean>('document.images[0].complete'));
  expect(await here.page.title()).not.toBe('taken');
  expect(here.complaints.join()).toContain('Content Security Policy');
});
