import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Replication, startReplicated } from '../../../harness/redis-replication';
import { freshPrefix } from '../../../harness/test-redis';
import { root } from '../../../repo/source-tree';

const run = promisify(execFile);

let replication: Replication;

beforeAll(async () => {
  replication = await startReplicated({ replicas: 1 });
});

afterAll(() => replication.stop());

/** Ends by itself, or the test fails: nothing but `end` ends what was opened. */
const program = (end: string): string => `
  const { Redis } = require('ioredis');
  const { RedisStore, SessionManager } = require(${JSON.stringify(join(root, 'dist/index.cjs'))});
  const client = new Redis(process.env.URL);
  const durability = { replicas: 1, timeout: '5s' };
  const store = new RedisStore({ client, prefix: process.env.PREFIX, deadline: '15s', durability });
  const sessions = new SessionManager({ store });
  (async () => {
    const { session } = await sessions.create({ userId: 'alice' });
    const { durable } = await sessions.revoke(session.id);
    ${end}
    process.stdout.write(String(durable));
  })();
`;

test.each([
  ['after close', 'await sessions.close(); client.disconnect();'],
  ['after the client is closed that the store was given', 'client.disconnect();'],
])('the process ends by itself %s', async (_, end) => {
  const env = { ...process.env, URL: replication.primary.url, PREFIX: freshPrefix() };
  const { stdout } = await run(process.execPath, ['-e', program(end)], { cwd: root, env, timeout: 18_000 });
  expect(stdout).toBe('true');
});
