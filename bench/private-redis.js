import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { Redis } from 'ioredis';

const program = process.env.REDIS_SERVER ?? 'redis-server';

/** An empty Redis on loopback, for measurements that nothing else may disturb. Needs `redis-server` on PATH, or its path in REDIS_SERVER. */
export async function startPrivateRedis() {
  const port = await freePort();
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn(program, options, { stdio: 'ignore' });
  // Also when the measurement fails half-way.
  process.on('exit', () => server.kill());
  const redis = new Redis(port, '127.0.0.1', { maxRetriesPerRequest: null });
  redis.on('error', () => undefined); // until it listens
  await redis.ping();
  return {
    url: `redis://127.0.0.1:${port}`,
    redis,
    stop() {
      redis.disconnect();
      server.kill();
    },
  };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return /** @type {import('node:net').AddressInfo} */ (address).port;
}
