import { Redis } from 'ioredis';
import { RedisStore, SessionManager } from 'sessionkeeper';

export const byUrl = new SessionManager({ store: new RedisStore({ url: 'redis://127.0.0.1:6379' }) });

export const byEnvironment = (): RedisStore => new RedisStore({ url: process.env.REDIS_URL });

export const byClient = new SessionManager({
  store: new RedisStore({ client: new Redis({ lazyConnect: true }), prefix: 'app' }),
});
