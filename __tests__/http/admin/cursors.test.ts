import { feedSink } from '../../../lib';
import { signedIn } from '../../fixtures/session-bench';
import { AdminBench } from './fixtures/admin-bench';

const lists = [
  '/users/alice/sessions',
  '/users/bob/sessions',
  '/users/alice/sessions?include=ended',
  '/users/alice/sessions?applicationId=web',
  '/users/alice/sessions?deviceType=desktop',
  '/users/alice/sessions?country=DE',
  '/users/alice/sessions?since=2020-01-01T00:00:00Z',
  '/users/alice/sessions?since=2020-01-01T00:00:01Z',
  '/users/alice/history',
  '/users/bob/history',
  '/accounts/alice/history',
  '/access-log',
  '/audit',
];

const withQuery = (path: string, query: string): string => `${path}${path.includes('?') ? '&' : '?'}${query}`;

let bench: AdminBench;

beforeAll(async () => {
  const audit = { sinks: [feedSink()] };
  bench = new AdminBench({ options: { lockout: { maxFailures: 2, freeFailures: 2 }, audit } });
  const { sessions } = bench;
  for (const userId of ['alice', 'bob', 'alice', 'bob', 'alice', 'bob']) {
    await signedIn(sessions, { userId, applicationId: 'web', client: { ...laptopInBerlin } });
  }
  for (let count = 0; count < 3; count++) {
    for (let failures = 0; failures < 3; failures++) await sessions.lockout.recordFailure({ account: 'alice' });
    await sessions.lockout.unlock('alice');
  }
  await sessions.audit.flush();
});

afterAll(() => bench.sessions.close());

const laptopInBerlin = {
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  location: { country: 'DE' },
};

async function firstCursor(list: string): Promise<string> {
  const { body } = await bench.call('get', withQuery(list, 'limit=1')).expect(200);
  const { nextCursor } = body as { nextCursor: string | null };
  if (nextCursor === null) throw new Error(`${list} has one page only`);
  return nextCursor;
}

test.each(lists)('C-IDOR: the cursor of another query is refused by %s', async (list) => {
  for (const other of lists) {
    const cursor = await firstCursor(other);
    const answer = await bench.call('get', withQuery(list, `limit=1&cursor=${cursor}`));
    expect([other, answer.status]).toEqual([other, other === list ? 200 : 400]);
    if (other !== list) expect(answer.body).toMatchObject({ code: 'request_invalid', field: 'cursor' });
  }
});

test.each(lists)('a cursor that was changed anywhere is refused by %s', async (list) => {
  const cursor = await firstCursor(list);
  const middle = Math.floor(cursor.length / 2);
  const changed = [0, 1, middle, cursor.length - 2].map((index) => {
    const other = cursor[index] === 'A' ? 'B' : 'A';
    return cursor.slice(0, index) + other + cursor.slice(index + 1);
  });
  const others = [
    '',
    'x',
    'null',
    '0',
    cursor.slice(1),
    `${cursor}A`,
    `${cursor}%00`,
    `${cursor}%3D`,
    'W'.repeat(513),
  ];
  for (const forged of [...changed, ...others]) {
    const answer = await bench.call('get', withQuery(list, `cursor=${forged}`)).expect(400);
    expect(answer.body).toMatchObject({ code: 'request_invalid', field: 'cursor' });
  }
});

test.each([
  ['deviceType', 'toaster'],
  ['country', 'DEU'],
  ['country', ''],
  ['since', 'yesterday'],
  ['since', '2026-01-01'],
  ['since', '1950-01-01T00:00:00Z'],
  ['applicationId', ''],
  ['applicationId', 'x'.repeat(65)],
  ['include', 'all'],
  ['limit', '0'],
  ['limit', '1e9'],
  ['device', 'phone'],
  ['sort', 'createdAt'],
])('the filter %s=%s is refused, and named', async (name, value) => {
  const answer = await bench.call('get', `/users/alice/sessions?${name}=${value}`).expect(400);
  expect(answer.body).toMatchObject({ code: 'request_invalid', field: name });
});

test('a filter that comes twice is refused', async () => {
  const answer = await bench.call('get', '/users/alice/sessions?country=DE&country=FR').expect(400);
  expect(answer.body).toMatchObject({ field: 'country' });
});
