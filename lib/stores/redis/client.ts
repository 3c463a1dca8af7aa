import type { Cluster, Redis } from 'ioredis';

/** What a store works through: a client of its own, or the app's. */
export type RedisClient = Redis | Cluster;
