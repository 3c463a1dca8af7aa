import { listenTo, namesOf } from '../fixtures/session-bench';
import { type Replication, startReplicated } from '../harness/redis-replication';
import { HttpBench } from './fixtures/http-bench';
import { replicatedStore } from './fixtures/replicated-store';

jest.setTimeout(60_000);

const api = '/api/v1/sessions';
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

let replication: Replication;
let bench: HttpBench;

beforeAll(async () => {
  replication = await startReplicated({ replicas: 1 });
});

afterAll(() => replication.stop());

beforeEach(() => {
  bench = new HttpBench({ store: replicatedStore(replication), options: { clock: undefined } });
});

afterEach(async () => {
  await bench.sessions.close();
  await replication.mendLinks();
});

/** What each way of ending answers, for sessions of users of their own. */
async function endings(): Promise<Record<string, [status: number, body: unknown]>> {
  const answers: Record<string, [number, unknown]> = {};
  const end = async (name: string, path: (other: string) => string): Promise<void> => {
    const userId = `user-${name}`;
    const [mine, other] = [await bench.bearer(userId), await bench.bearer(userId)];
    const { body } = await bench.browser().get(`${api}/current`, bearer(other.accessToken)).expect(200);
    const { id } = (body as { session: { id: string } }).session;
    const answer = await bench.browser().send('delete', `${api}${path(id)}`, bearer(mine.accessToken));
    answers[name] = [answer.status, answer.body];
  };
  await end('one', (id) => `/${id}`);
  await end('others', () => '/?scope=others');
  await end('all', () => '/?scope=all');
  await end('current', () => '/current');
  return answers;
}

test('B4 with replicas that have it, an ending is answered as usual', async () => {
  expect(await endings()).toMatchObject({
    one: [204, {}],
    others: [200, { ended: 1 }],
    all: [200, { ended: 2 }],
    current: [204, {}],
  });
});

test('B4 with replicas that are cut off, an ending is accepted (202), and says that it is not durable', async () => {
  const heard = listenTo(bench.sessions);
  await replication.cutLinks();
  expect(await endings()).toMatchObject({
    one: [202, { durable: false }],
    others: [202, { durable: false, ended: 1 }],
    all: [202, { durable: false, ended: 2 }],
    current: [202, { durable: false }],
  });
  expect(namesOf(heard).filter((name) => name === 'revocation.unconfirmed')).toHaveLength(4);
});
