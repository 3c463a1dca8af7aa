import { setLimit } from '../../../lib/contract/set-limit';
import { unconfirmedEnd } from '../../../lib/contract/unconfirmed-end';
import { endedSessions } from '../../../lib/contract/ended-sessions';
import { signedIn } from '../../fixtures/session-bench';
import { type Replication, startReplicated } from '../../harness/redis-replication';
import { replicatedStore } from '../fixtures/replicated-store';
import { AdminBench } from './fixtures/admin-bench';

jest.setTimeout(60_000);

let replication: Replication;
let bench: AdminBench;

beforeAll(async () => {
  replication = await startReplicated({ replicas: 1 });
});

afterAll(() => replication.stop());

beforeEach(() => {
  bench = new AdminBench({ store: replicatedStore(replication), options: { clock: undefined } });
});

afterEach(async () => {
  await bench.sessions.close();
  await replication.mendLinks();
});

/** What each way of ending answers, for sessions of users of their own. */
async function endings(): Promise<Record<string, [status: number, body: unknown]>> {
  const answers: Record<string, [number, unknown]> = {};
  for (const [name, path] of Object.entries(paths)) {
    const userId = `user-${name}`;
    const { session } = await signedIn(bench.sessions, { userId });
    await signedIn(bench.sessions, { userId });
    const { status, body } = await bench.call('delete', path(userId, session.id));
    answers[name] = [status, body];
  }
  for (let count = 0; count < 3; count++) await signedIn(bench.sessions, { userId: 'limited' });
  const { status, body } = await bench.call('put', '/users/limited/limit').send({ limit: 1, trim: true });
  answers['limit'] = [status, body];
  const actor = { id: 'root', scopes: ['impersonate'] } as const;
  const outcome = await bench.sessions.impersonation.start({ actor, userId: 'alice', reason: 'ticket' });
  if (outcome.status !== 'started') throw outcome.error;
  const stopped = await bench.call('delete', `/impersonations/${outcome.session.id}`);
  answers['impersonation'] = [stopped.status, stopped.body];
  return answers;
}

const paths: Readonly<Record<string, (userId: string, id: string) => string>> = {
  one: (_, id) => `/sessions/${id}`,
  ofUser: (userId, id) => `/users/${userId}/sessions/${id}`,
  all: (userId) => `/users/${userId}/sessions`,
  others: (userId, id) => `/users/${userId}/sessions?except=${id}`,
};

test('B4 with replicas that have it, an ending is answered as usual', async () => {
  expect(await endings()).toEqual({
    one: [204, {}],
    ofUser: [204, {}],
    all: [200, { ended: 2 }],
    others: [200, { ended: 1 }],
    limit: [200, { limit: 1, ended: 2 }],
    impersonation: [204, {}],
  });
});

test('B4 with replicas that are cut off, an ending is accepted (202), and says that it is not durable', async () => {
  await replication.cutLinks();
  const answers = await endings();
  expect(answers).toEqual({
    one: [202, { durable: false }],
    ofUser: [202, { durable: false }],
    all: [202, { durable: false, ended: 2 }],
    others: [202, { durable: false, ended: 1 }],
    limit: [202, { durable: false, limit: 1, ended: 2 }],
    impersonation: [202, { durable: false }],
  });
  unconfirmedEnd.parse(answers['one']![1]);
  endedSessions.parse(answers['all']![1]);
  setLimit.parse(answers['limit']![1]);
});
