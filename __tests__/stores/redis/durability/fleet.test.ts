import { SessionManager } from '../../../../lib/session-manager';
import { RedisStore } from '../../../../lib/stores/redis';
import { signedIn } from '../../../fixtures/session-bench';
import { type Replication, startReplicated } from '../../../harness/redis-replication';
import { freshPrefix } from '../../../harness/test-redis';
import { begun, confirmed, finished } from '../../../use-cases/fleet/fleet-bench';

jest.setTimeout(90_000);

let replication: Replication;
let sessions: SessionManager;

beforeAll(async () => {
  replication = await startReplicated({ replicas: 1 });
});

afterEach(() => sessions.close());

afterAll(() => replication.stop());

function open(timeout: `${number}ms` | `${number}s`): SessionManager {
  const durability = { replicas: 1, timeout };
  const store = new RedisStore({
    url: replication.primary.url,
    prefix: freshPrefix(),
    deadline: '15s',
    durability,
    onIncident: () => undefined,
  });
  return new SessionManager({ store });
}

test('B4 A35 an end of all sessions that replicas confirm says nothing of it', async () => {
  sessions = open('10s');
  for (let count = 0; count < 3; count++) await signedIn(sessions);
  expect(await begun(sessions, await confirmed(sessions))).not.toHaveProperty('durable');
  const ending = await finished(sessions);
  expect(ending).toMatchObject({ endedSessions: 3 });
  expect(ending).not.toHaveProperty('durable');
});

test('B4 A35 with the links to the replicas cut it says that it is not durable, from its beginning to its end', async () => {
  sessions = open('50ms');
  for (let count = 0; count < 3; count++) await signedIn(sessions);
  const confirmation = await confirmed(sessions);
  await replication.cutLinks();
  expect(await begun(sessions, confirmation)).toMatchObject({ durable: false });
  expect(await finished(sessions)).toMatchObject({ durable: false, endedSessions: 3 });
});
