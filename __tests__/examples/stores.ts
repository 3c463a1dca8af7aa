import { startRedis } from '../harness/redis-server';

export interface OpenedStore {
  /** What tells an example to use it. */
  env: Record<string, string>;
  close: () => Promise<void>;
}

/** What the examples run on. A Redis of its own for each file: all of them know the same two users. */
export const stores: readonly { store: string; open: () => Promise<OpenedStore> }[] = [
  { store: 'memory', open: async () => ({ env: {}, close: async () => undefined }) },
  { store: 'Redis', open: openRedis },
];

async function openRedis(): Promise<OpenedStore> {
  const redis = await startRedis();
  return { env: { REDIS_URL: redis.url }, close: () => redis.stop() };
}
