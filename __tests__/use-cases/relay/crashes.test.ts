import { randomBytes } from 'node:crypto';
import { RedisStore, SessionManager, webhookSink } from '../../../lib';
import { runExample, stopExamples } from '../../examples/start-example';
import { freshPrefix, testRedisUrl } from '../../harness/test-redis';
import { waitUntil } from '../../harness/wait-until';
import { Receiver } from '../../sinks/fixtures/receiver';

jest.setTimeout(120_000);

const secret = `whsec_${randomBytes(32).toString('base64')}`;

let receiver: Receiver;
let prefix: string;
let opened: SessionManager[];

beforeEach(async () => {
  receiver = await Receiver.listen();
  prefix = freshPrefix();
  opened = [];
});

afterEach(async () => {
  await stopExamples();
  await Promise.all(opened.map((sessions) => sessions.close()));
  await receiver.close();
});

function open(clock: () => number): SessionManager {
  const store = new RedisStore({ url: testRedisUrl(), prefix, deadline: '15s', onIncident: () => undefined });
  const sessions = new SessionManager({
    store,
    clock,
    audit: { sinks: [webhookSink({ url: receiver.url, secret, timeout: '5s' })] },
  });
  opened.push(sessions);
  return sessions;
}

const worker = (signIns: number) =>
  runExample('../__tests__/use-cases/relay/fixtures/worker.js', [], {
    REDIS_URL: testRedisUrl(),
    PREFIX: prefix,
    RECEIVER: receiver.url,
    SECRET: secret,
    SIGN_INS: String(signIns),
  });

// Past the lease of whoever was killed.
const later = (): number => Date.now() + 40_000;

test('a worker is killed between delivery and settling: the entry comes again, under the same id', async () => {
  receiver.answer = () => undefined;
  const dying = worker(1);
  await waitUntil('the message has arrived', () => receiver.received.length === 1, 60_000);
  await dying.stop('SIGKILL');
  receiver.answer = (_, response) => void response.writeHead(204).end();
  const heir = open(later);
  await waitUntil(
    'the heir has delivered it',
    async () => {
      await heir.audit.flush();
      return receiver.received.length >= 2;
    },
    30_000,
  );
  expect(new Set(receiver.ids).size).toBe(1);
});

test('a worker is killed in the middle of many: nothing is lost, and little comes twice', async () => {
  const dying = worker(140);
  await waitUntil('some have arrived', () => receiver.received.length >= 20, 60_000);
  await dying.stop('SIGKILL');
  const heir = open(later);
  const users = Array.from({ length: 7 }, (_, index) => `user-${index}`);
  const pages = await Promise.all(users.map((userId) => heir.history(userId, { limit: 100 })));
  const written = new Set(pages.flatMap(({ data }) => data.map(({ id }) => id)));
  await waitUntil(
    'all have arrived',
    async () => {
      await heir.audit.flush();
      return new Set(receiver.ids).size >= written.size;
    },
    30_000,
  );
  expect(new Set(receiver.ids)).toEqual(written);
  // At most a round of each outbox that the dead one was at.
  expect(receiver.ids.length).toBeLessThan(2 * written.size);
});

test('two processes on one Redis deliver each entry once, while nobody dies', async () => {
  const clock = (): number => Date.now();
  const managers = [open(clock), open(clock)];
  const ids: string[] = [];
  await Promise.all(
    Array.from({ length: 120 }, (_, index) => managers[index % 2]!.create({ userId: `user-${index % 13}` })),
  );
  for (let index = 0; index < 13; index += 1) {
    const { data } = await managers[0]!.history(`user-${index}`, { limit: 100 });
    ids.push(...data.map(({ id }) => id));
  }
  await waitUntil('all have arrived', () => receiver.ids.length >= ids.length, 30_000);
  await Promise.all(managers.map((sessions) => sessions.audit.flush()));
  expect([...receiver.ids].sort()).toEqual(ids.sort());
});
