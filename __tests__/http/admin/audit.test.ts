import { feedSink, functionSink } from '../../../lib';
import type { AuditFeedPageBody, DeadLettersBody, HistoryEntry } from '../../../lib';
import { signedIn } from '../../fixtures/session-bench';
import type { Request } from '../fixtures/browser';
import { AdminBench } from './fixtures/admin-bench';

jest.setTimeout(60_000);

let bench: AdminBench;
let isRefusing: boolean;

beforeEach(() => {
  isRefusing = false;
  const deliver = (entries: readonly HistoryEntry[]) => ({
    failed: isRefusing ? entries.map(({ id }) => ({ id, because: 'refused', final: true })) : [],
  });
  const sinks = [feedSink(), functionSink('siem', deliver, { durable: true })];
  bench = new AdminBench({ options: { audit: { sinks } } });
});

afterEach(() => bench.sessions.close());

async function page(query = ''): Promise<AuditFeedPageBody> {
  const { body } = await bench.call('get', `/audit${query}`).expect(200);
  return body as AuditFeedPageBody;
}

test('the feed of all users is read from cursor to cursor, and goes on at its end', async () => {
  for (const userId of ['alice', 'bob', 'carol']) await signedIn(bench.sessions, { userId });
  await bench.sessions.audit.flush();
  const first = await page('?limit=2');
  const rest = await page(`?cursor=${first.nextCursor}`);
  const subjects = [...first.data, ...rest.data].map(({ subject }) => subject);
  expect(subjects.sort()).toEqual(['alice', 'bob', 'carol']);
  expect((await page(`?cursor=${rest.nextCursor}`)).data).toEqual([]);
  const { session } = await signedIn(bench.sessions, { userId: 'dave' });
  await bench.call('delete', `/sessions/${session.id}`).expect(204);
  await bench.sessions.audit.flush();
  const more = await page(`?cursor=${rest.nextCursor}`);
  expect(more.data.map(({ event, subject, actor }) => [event, subject, actor])).toEqual([
    ['session_created', 'dave', { type: 'user' }],
    ['session_revoked', 'dave', { type: 'admin', id: 'root' }],
  ]);
});

test('what a sink refused for good is listed, and delivered again', async () => {
  isRefusing = true;
  await signedIn(bench.sessions, { userId: 'alice' });
  await bench.sessions.audit.flush();
  const listed = async (query: string): Promise<DeadLettersBody> =>
    (await bench.call('get', `/audit/dead-letters${query}`).expect(200)).body as DeadLettersBody;
  expect((await listed('?sink=siem&limit=1')).data).toMatchObject([{ sink: 'siem', entry: { subject: 'alice' } }]);
  expect((await listed('?sink=feed')).data).toEqual([]);
  isRefusing = false;
  const redelivered = async (sink: string): Promise<unknown> =>
    (await bench.call('post', '/audit/redeliveries').send({ sink }).expect(200)).body;
  expect(await redelivered('feed')).toEqual({ count: 0 });
  expect(await redelivered('siem')).toEqual({ count: 1 });
  await bench.sessions.audit.flush();
  expect((await listed('')).data).toEqual([]);
});

test.each([
  ['get', '/audit', 'audit:read'],
  ['get', '/audit/dead-letters', 'audit:read'],
  ['post', '/audit/redeliveries', 'audit:write'],
] as const)('%s %s takes the scope %s', async (method, path, scope) => {
  const send = (call: Request): Request => (method === 'post' ? call.send({ sink: null }) : call);
  await send(bench.callWith(scope, method, path)).expect(200);
  await send(bench.callWithout(scope, method, path)).expect(403);
});

test.each([
  '/audit?limit=0',
  '/audit?cursor=%00',
  '/audit?sink=x',
  '/audit/dead-letters?sink=a%20b',
  '/audit/dead-letters?cursor=x',
])('%s is refused', async (path) => {
  await bench.call('get', path).expect(400);
});

test('a name that no sink can have is refused', async () => {
  await bench.call('post', '/audit/redeliveries').send({ sink: 'a b' }).expect(400);
  await bench
    .call('post', '/audit/redeliveries')
    .send({ sinks: ['siem'] })
    .expect(400);
});
