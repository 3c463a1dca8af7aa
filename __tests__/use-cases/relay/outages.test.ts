import { randomBytes } from 'node:crypto';
import { RedisStore, SessionManager, webhookSink } from '../../../lib';
import { fakeClock } from '../../harness/clock';
import { freePort } from '../../harness/free-port';
import { type RedisServer, startRedis } from '../../harness/redis-server';
import { freshPrefix, testRedisUrl } from '../../harness/test-redis';
import { waitUntil } from '../../harness/wait-until';
import { listenTo } from '../../fixtures/session-bench';
import { Receiver } from '../../sinks/fixtures/receiver';

jest.setTimeout(120_000);

const secret = `whsec_${randomBytes(32).toString('base64')}`;
const hour = 3_600_000;

let receiver: Receiver;
let prefix: string;
let opened: SessionManager[];

beforeEach(async () => {
  receiver = await Receiver.listen();
  prefix = freshPrefix();
  opened = [];
});

afterEach(async () => {
  await Promise.all(opened.map((sessions) => sessions.close()));
  await receiver.close();
});

function open(clock: () => number, url = testRedisUrl(), webhook = receiver.url): SessionManager {
  const store = new RedisStore({ url, prefix, deadline: '15s', onIncident: () => undefined });
  const sessions = new SessionManager({
    store,
    clock,
    audit: { sinks: [webhookSink({ url: webhook, secret, timeout: '5s' })] },
  });
  opened.push(sessions);
  return sessions;
}

test('A67 a receiver that was down for a day gets all of it when it is back, in the meantime nobody waits', async () => {
  const time = fakeClock();
  const port = await freePort();
  const sessions = open(time.clock, testRedisUrl(), `http://127.0.0.1:${port}/hook`);
  const heard = listenTo(sessions);
  for (let passed = 0; passed < 24; passed += 3) {
    expect((await sessions.create({ userId: 'alice' })).status).toBe('created');
    await sessions.audit.flush();
    time.advance(3 * hour);
  }
  const back = await Receiver.listen(port);
  for (let passed = 0; passed < 48 && back.received.length < 8; passed += 6) {
    await sessions.audit.flush();
    time.advance(6 * hour);
  }
  const { data } = await sessions.history('alice', { limit: 100 });
  expect([...back.ids].sort()).toEqual(data.map(({ id }) => id).sort());
  expect(heard.some(({ name }) => name === 'audit.dead-letter')).toBe(false);
  await back.close();
});

describe('with a Redis of its own', () => {
  let redis: RedisServer;
  beforeEach(async () => (redis = await startRedis({ args: ['--appendonly', 'yes', '--appendfsync', 'always'] })));
  afterEach(() => redis.stop());

  test('A80 Redis restarts in the middle: what was written comes, without a restart of ours', async () => {
    const sessions = open(() => Date.now(), redis.url);
    const heard = listenTo(sessions);
    receiver.answer = () => undefined;
    const outcome = await sessions.create({ userId: 'alice' });
    expect(outcome.status).toBe('created');
    await waitUntil('it is under way', () => receiver.received.length === 1, 30_000);
    await redis.kill();
    receiver.answer = (_, response) => void response.writeHead(204).end();
    await waitUntil(
      'the outage is told',
      () =>
        heard.some(
          ({ name, event }) =>
            name === 'background.failed' && 'operation' in event && event.operation === 'audit-relay',
        ),
      60_000,
    );
    await redis.restart();
    await waitUntil('sign-ins go on', async () => (await sessions.health()).status === 'up', 60_000);
    const next = await sessions.create({ userId: 'alice' });
    expect(next.status).toBe('created');
    const { data } = await sessions.history('alice');
    await waitUntil('both have come', () => new Set(receiver.ids).size === data.length, 60_000);
    expect(new Set(receiver.ids)).toEqual(new Set(data.map(({ id }) => id)));
  });
});
