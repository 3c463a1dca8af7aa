import { Redis } from 'ioredis';

export type RedisReply = string | number | null | RedisReply[];

/** One command over a connection of its own. */
export async function redisCall(url: string, [command = '', ...args]: readonly string[]): Promise<RedisReply> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  client.on('error', () => undefined);
  try {
    return (await client.call(command, ...args)) as RedisReply;
  } finally {
    // On a refused connection it would leave a timer of two seconds behind.
    if (client.status !== 'end') client.disconnect();
  }
}
