import { type BrowserContext } from 'playwright-core';
import { startExample, stopExamples } from '../examples/start-example';
import { cookiesOf, iphoneSafari, sessionOf, visitor } from '../examples/visitor';
import { launchBrowser } from '../harness/browser';
import { QuickstartPage } from './fixtures/quickstart-page';

jest.setTimeout(60_000);

// Behind this machine's proxy, which the quickstart trusts.
const [chicago, japan] = ['128.135.1.1', '133.11.0.1'];
const alice = { username: 'alice', password: 'wonderland' };

let url: string;
let browser: BrowserContext;

beforeAll(async () => {
  browser = await launchBrowser();
});

beforeEach(async () => {
  ({ url } = await startExample('quickstart/server.js'));
});

afterEach(async () => {
  await browser.clearCookies();
  await Promise.all(browser.pages().map((page) => page.close()));
  await stopExamples();
});

afterAll(() => browser.close());

test('a sign-in that is not as usual has a badge and says why, and the activity tells what happened where', async () => {
  const here = await QuickstartPage.open(browser, url);
  await here.signIn('alice', 'wonderland');
  expect(
    await here.page
      .getByText(/unusual/i)
      .and(here.page.locator(':visible'))
      .count(),
  ).toBe(0);
  await visitor(url, iphoneSafari).post('/login').set('X-Forwarded-For', chicago).send(alice).expect(200);

  await here.focus();
  await here.otherDevices.getByText('A little unusual', { exact: true }).waitFor();
  await here.otherDevices.getByText('The first sign-in on Mobile Safari on iOS').waitFor();
  await here.otherDevices.getByText(`Chicago, US · ${chicago}`).waitFor();
  const activity = here.page.getByRole('region', { name: 'Recent activity' });
  const latest = activity.getByRole('listitem').filter({ hasText: 'Signed in' }).first();
  await latest.getByText(`Mobile Safari 17 on iOS 17.5 · Chicago, US · ${chicago}`).waitFor();
  await latest.getByText(/^Noticed: new device/).waitFor();
  expect(here.complaints).toEqual([]);
});

test('who is in two countries at once has to give the password, and the other devices show it', async () => {
  const here = await QuickstartPage.open(browser, url);
  await here.signIn('alice', 'wonderland');
  const [first, second] = [visitor(url, iphoneSafari), visitor(url)];
  await first.post('/login').set('X-Forwarded-For', chicago).send(alice).expect(200);
  await second.post('/login').set('X-Forwarded-For', japan).send(alice).expect(200);

  await here.focus();
  await here.otherDevices.getByText('Very unusual', { exact: true }).waitFor();
  await here.otherDevices.getByText('Password needed').and(here.page.locator(':visible')).waitFor();
  await here.otherDevices.getByText(/^Chicago, US to JP in [^:]+: [\d,]+ km/).waitFor();
  expect(here.complaints).toEqual([]);
});

test('a session that another browser uses asks for the password once more, and goes on with it', async () => {
  const here = await QuickstartPage.open(browser, url);
  await here.signIn('alice', 'wonderland');
  const stolen = (await browser.cookies()).filter(({ name }) => name !== 'sk-device');
  // A browser of its own: it has the id that this server gave it when somebody else signed in there.
  const own = await visitor(url, iphoneSafari).post('/login').send({ username: 'bob', password: 'builder' });
  const cookies = [
    ...stolen.map(({ name, value }) => `${name}=${value}`),
    ...cookiesOf(own).filter((cookie) => cookie.startsWith('sk-device')),
  ];
  const thief = visitor(url, iphoneSafari).set('X-Forwarded-For', chicago).set('Cookie', cookies.join('; '));
  const refused = await thief.get('/me').expect(401);
  expect(refused.body).toMatchObject({ code: 'step_up_required' });

  await here.focus();
  await here.page.getByRole('heading', { name: 'Is it you?' }).waitFor();
  await here.page.getByLabel('Your password').fill('wrong');
  await here.press('Go on');
  await here.says('the password is wrong');
  await here.page.getByLabel('Your password').fill('wonderland');
  await here.press('Go on');
  await here.thisDevice.waitFor();
  await here.page.getByText('The password was given once more').waitFor();
  await thief.get('/me').expect(401);
  expect(here.complaints.filter((complaint) => !complaint.includes('403'))).toEqual([]);
});

test('what was noticed of a hostile device is text (C-XSS, A74)', async () => {
  const markup = `<img src=x onerror=alert(1)>`;
  const here = await QuickstartPage.open(browser, url);
  await here.signIn('alice', 'wonderland');
  const attacker = visitor(url, `${markup} Chrome/126.0`)
    .set('X-Forwarded-For', chicago)
    .set('Sec-CH-UA', `"${markup}";v="126"`)
    .set('Sec-CH-UA-Platform', `"${markup}"`)
    .set('Sec-CH-UA-Model', `"${markup}"`);
  const { id } = sessionOf(await attacker.post('/login').send(alice).expect(200));
  await attacker.patch(`/api/v1/sessions/${id}`).send({ name: markup }).expect(200);

  await here.focus();
  await here.otherDevices.getByRole('heading', { name: markup }).waitFor();
  await here.page
    .getByRole('region', { name: 'Recent activity' })
    .getByText(/^Noticed: /)
    .first()
    .waitFor();
  expect(await here.page.locator('main img, main script').count()).toBe(0);
  expect(here.complaints).toEqual([]);
});
