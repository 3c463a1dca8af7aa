import { Redis } from 'ioredis';

export type RedisReply = string | number | null | RedisReply[];

/** One command over a connection of its own. */
export async function redisCall(url: string, [command = '', ...args]: readonly string[]): Promise<RedisReply> {
  // Asked of a server that is busy or loading as well: it says so itself.
  const patience = {
    lazyConnect: true,
    enableReadyCheck: false,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  };
  const client = new Redis(url, patience);
  client.on('error', () => undefined);
  try {
    return (await client.call(command, ...args)) as RedisReply;
  } finally {
    // On a refused connection it would leave a timer of two seconds behind.
    if (client.status !== 'end') client.disconnect();
  }
}
