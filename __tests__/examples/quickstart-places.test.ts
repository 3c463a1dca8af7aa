import type { Client } from '../../lib/domain/client';
import type { DeviceGroup } from '../../lib/domain/device-group';
import type { SessionView } from '../../lib/domain/session-view';
import { hinted } from '../fixtures/client-hints';
import { userAgents } from '../fixtures/user-agents';
import { waitUntil } from '../harness/wait-until';
import { startExample, stopExamples } from './start-example';
import { sessionOf, type Visitor, visitor } from './visitor';

jest.setTimeout(60_000);

const path = '/api/v1/sessions';
let url: string;

beforeAll(async () => ({ url } = await startExample('quickstart/server.js', { SESSION_LIMIT: '0' })));
afterAll(stopExamples);

/** A browser behind a proxy on this machine, which is the only one that the quickstart trusts. Gives the id of its session. */
async function signInFrom(ip: string, { userAgent, hints = {} }: Client, browser = visitor(url)): Promise<string> {
  void browser
    .set('User-Agent', userAgent ?? '')
    .set('X-Forwarded-For', ip)
    .set(hints);
  const answer = await browser.post('/login').send({ username: 'alice', password: 'wonderland' }).expect(200);
  return sessionOf(answer).id;
}

/** Who looks at the list stays in Chicago: those who seem to fly around the world are asked for the password first. */
let watcher: Visitor;

async function listed(id: string): Promise<SessionView> {
  const answer = await watcher.get(`${path}?limit=100`).expect(200);
  return (answer.body as { data: SessionView[] }).data.find((session) => session.id === id)!;
}

// The data takes a second to read, and longer where the machine is busy: whoever signs in before has no place.
beforeAll(async () => {
  const isLoaded = async (): Promise<boolean> => {
    watcher = visitor(url);
    const id = await signInFrom('128.135.1.1', { userAgent: userAgents.firefoxOnLinux }, watcher);
    return (await listed(id)).location !== null;
  };
  await waitUntil('places are known', isLoaded, 45_000);
});

const signIns: readonly [ip: string, client: Client, shown: object, place: object][] = [
  [
    '128.135.1.1',
    hinted.chromeOnWindows11,
    { browser: 'Chrome', browserVersion: '138.0.7204.158', os: 'Windows', osVersion: '11', type: 'desktop' },
    { city: 'Chicago', region: 'IL', country: 'US' },
  ],
  [
    '18.9.22.69',
    hinted.edgeOnWindows11,
    { browser: 'Edge', os: 'Windows', osVersion: '11' },
    { city: 'Cambridge', region: 'MA', country: 'US' },
  ],
  [
    '130.89.148.12',
    hinted.chromeOnPixel,
    { browser: 'Chrome', os: 'Android', osVersion: '15', type: 'phone', model: 'Pixel 9' },
    { city: 'Enschede', country: 'NL' },
  ],
  ['133.11.0.1', hinted.chromeOnGalaxyTab, { os: 'Android', type: 'tablet', model: 'SM-X906C' }, { country: 'JP' }],
  [
    '193.0.6.139',
    { userAgent: userAgents.safariOnIphone },
    { browser: 'Mobile Safari', os: 'iOS', osVersion: '18.5', type: 'phone', model: 'iPhone' },
    { country: 'NL' },
  ],
  [
    '2001:630::1',
    { userAgent: userAgents.firefoxOnLinux },
    { browser: 'Firefox', browserVersion: '140.0', os: 'Linux', type: 'desktop' },
    { country: 'GB' },
  ],
  ['141.20.1.1', { userAgent: userAgents.curl }, { browser: 'curl', type: 'api' }, { country: 'DE' }],
];

test('A50 A72 the list shows browser, system, device, city and country of real addresses', async () => {
  for (const [ip, client, device, location] of signIns) {
    const session = await listed(await signInFrom(ip, client));
    expect(session).toMatchObject({ ip, device, location });
    const { latitude, longitude, radius } = session.location!.coordinates!;
    for (const degrees of [latitude, longitude]) expect(degrees).toBe(Math.round(degrees * 100) / 100);
    expect(radius).toBeGreaterThan(0);
  }
});

test('who comes from this machine is nowhere, and so is who only says that a proxy sent them', async () => {
  const browser = visitor(url, userAgents.firefoxOnLinux);
  const answer = await browser.post('/login').send({ username: 'bob', password: 'builder' }).expect(200);
  expect(sessionOf(answer)).toMatchObject({ ip: '127.0.0.1', location: null });
  const session = await listed(await signInFrom('128.135.1.1, 10.0.0.7', {}));
  expect(session).toMatchObject({ ip: '10.0.0.7', location: null });
});

test('sessions stand together by device', async () => {
  const id = await signInFrom('128.135.1.1', hinted.chromeOnPixel);
  const answer = await watcher.get(`${path}/devices`).expect(200);
  const { data } = answer.body as { data: readonly DeviceGroup[] };
  const pixel = data.find(({ sessions }) => sessions.some((session) => session.id === id));
  expect(pixel).toMatchObject({
    device: { model: 'Pixel 9', id: expect.any(String) as string },
    current: false,
    sessions: [{ location: { city: 'Chicago' } }],
  });
  expect(data.filter(({ current }) => current)).toHaveLength(1);
});

test('the page asks browsers for the hints that it shows', async () => {
  const answer = await visitor(url).get('/').expect(200);
  expect(answer.get('Accept-CH')).toContain('Sec-CH-UA-Platform-Version');
});
