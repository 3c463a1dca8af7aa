import { problem } from '../../lib/contract/problem';
import { waitUntil } from '../harness/wait-until';
import type { Answer, Browser } from './fixtures/browser';
import { accessCookie } from './fixtures/http-bench';
import { openRedisBench, type RedisBench } from './fixtures/redis-bench';

jest.setTimeout(60_000);

// A request asks the store once or twice, each time for a second at most; the rest is for a busy machine.
const longest = 5_000;
const base = '/api/v1/sessions';

let bench: RedisBench;
/** Signed in; `renewing` has lost its access cookie, so that each of its requests has to renew. */
let browser: Browser;
let renewing: Browser;
let bearer: Record<string, string>;
let refreshToken: string;

// Loading takes two milliseconds a key, and looks at its clients meanwhile.
const slowLoading = ['--key-load-delay', '2000', '--loading-process-events-interval-bytes', '1024'];

beforeEach(async () => {
  bench = await openRedisBench(['--enable-debug-command', 'local', ...slowLoading]);
  // What a machine busy with other tests holds up is tried again: here nothing is made to fail yet.
  await waitUntil('the app is well', isWell);
  browser = await bench.http.signedIn();
  renewing = await bench.http.signedIn();
  renewing.forget(accessCookie);
  const tokens = await bench.http.bearer();
  bearer = { Authorization: `Bearer ${tokens.accessToken}` };
  ({ refreshToken } = tokens);
});

afterEach(() => bench.close());

async function isWell(): Promise<boolean> {
  return (await bench.http.sessions.health()).status === 'up';
}

/** One of each kind of request, at once. */
function requests(): Promise<Answer>[] {
  const stranger = bench.http.browser();
  return [
    browser.get('/me'),
    renewing.get('/me'),
    stranger.get('/me', bearer),
    stranger.post('/login?user=bob'),
    browser.post('/logout'),
    browser.get(base),
    browser.post(`${base}/validate`),
    browser.send('patch', `${base}/current`).send({ name: 'another name' }),
    browser.send('delete', `${base}/current`),
    browser.send('delete', `${base}?scope=all`),
    browser.get(`${base}/activity`),
    renewing.post(`${base}/refresh`),
    stranger.post(`${base}/refresh`).send({ refreshToken }),
  ];
}

async function expectUnavailable(): Promise<void> {
  const before = performance.now();
  const answers = await Promise.all(requests());
  expect(performance.now() - before).toBeLessThan(longest);
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 503));
  for (const answer of answers) {
    expect(problem.parse(answer.body)).toMatchObject({ status: 503, code: 'store_unavailable' });
    expect(answer.get('Content-Type')).toBe('application/problem+json');
    expect(answer.get('Retry-After')).toMatch(/^[1-9]\d*$/);
    expect(answer.get('Set-Cookie')).toBeUndefined();
    expect(answer.get('WWW-Authenticate')).toBeUndefined();
  }
}

/** Nobody was signed out, and what was answered with 503 has not happened. */
async function expectNothingHappened(): Promise<void> {
  await waitUntil('the app is well', isWell);
  await browser.get('/me').expect(200);
  const stranger = bench.http.browser();
  await stranger.get('/me', bearer).expect(200);
  await renewing.get('/me').expect(200);
  const renewed = await stranger.post(`${base}/refresh`).send({ refreshToken }).expect(200);
  expect(renewed.body).toMatchObject({ session: { userId: 'alice' }, tokens: {} });
  expect((await bench.http.sessions.list('bob')).data).toEqual([]);
}

interface Fault {
  readonly row: string;
  readonly name: string;
  begin(): unknown;
  end(): unknown;
}

const endOfLink = (): void => bench.link.restore();

const faults: readonly Fault[] = [
  { row: 'B2', name: 'breaks every connection', begin: () => bench.link.refuse(), end: endOfLink },
  { row: 'B3', name: 'stops answering', begin: () => bench.redis.pause(), end: () => bench.redis.resume() },
  { row: 'B3', name: 'is behind a half-open link', begin: () => bench.link.halfOpen(), end: endOfLink },
  { row: 'B3', name: 'answers after the deadline', begin: () => bench.link.latency(2_000), end: endOfLink },
  { row: 'B3', name: 'is behind a link of 20 bytes/s', begin: () => bench.link.bandwidth(20), end: endOfLink },
  { row: 'B9', name: 'is busy with a script', begin: beBusy, end: () => bench.redis.cli('SCRIPT', 'KILL') },
];

test.each(faults)(
  '$row A79 A80 a Redis that $name: 503 in time and never 401, no cookie touched, nothing done, and then all is well',
  async ({ begin, end }) => {
    await begin();
    await expectUnavailable();
    await end();
    await expectNothingHappened();
  },
);

async function beBusy(): Promise<void> {
  await bench.redis.cli('CONFIG', 'SET', 'busy-reply-threshold', '1');
  bench.redis.cli('EVAL', 'while true do end', '0').catch(() => undefined);
  await waitUntil('it is busy', isRefusing(/^ReplyError: BUSY/));
}

/** Whether Redis answers, and with this. */
function isRefusing(pattern: RegExp) {
  return (): Promise<boolean> =>
    bench.redis.cli('PING').then(
      () => false,
      (error: unknown) => pattern.test(String(error)),
    );
}

test('B2 A80 a Redis that dies with requests under way: each is answered, by 200 or 503, and it is back without a restart', async () => {
  await bench.redis.cli('SAVE');
  const answers = Array.from({ length: 60 }, () => browser.get('/me'));
  const killed = bench.redis.kill();
  const statuses = new Set((await Promise.all(answers)).map(({ status }) => status));
  await killed;
  expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([]);
  await expectUnavailable();
  await bench.redis.start();
  await expectNothingHappened();
});

test('B9 A80 a Redis that loads its data: 503 in time until it has, and then everyone is still in', async () => {
  await bench.redis.cli('DEBUG', 'POPULATE', '5000', 'ballast', '200');
  await bench.redis.cli('SAVE');
  await bench.redis.kill();
  const started = bench.redis.start();
  await waitUntil('it is loading', isRefusing(/^ReplyError: LOADING/));
  await expectUnavailable();
  expect(await isRefusing(/^ReplyError: LOADING/)()).toBe(true);
  await bench.redis.cli('CONFIG', 'SET', 'key-load-delay', '0');
  await started;
  await expectNothingHappened();
});

test('B16 a FLUSHALL while requests run: everyone is signed out, nothing crashes, and signing in works', async () => {
  const answers = Array.from({ length: 60 }, () => browser.get('/me'));
  await Promise.all([...answers.slice(0, 30), bench.redis.cli('FLUSHALL')]);
  const statuses = new Set((await Promise.all(answers)).map(({ status }) => status));
  expect([...statuses].filter((status) => status !== 200 && status !== 401)).toEqual([]);
  for (const path of ['/me', base, `${base}/current`]) await browser.get(path).expect(401);
  await renewing.get('/me').expect(401);
  await bench.http.browser().post(`${base}/refresh`).send({ refreshToken }).expect(401);
  await browser.post('/login?user=alice').expect(200);
  await browser.get('/me').expect(200);
  expect((await bench.http.sessions.list('alice')).data).toHaveLength(1);
});
