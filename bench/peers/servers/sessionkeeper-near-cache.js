import { RedisStore, SessionManager } from '../../../dist/index.js';
import { serveSessionkeeper } from '../serve-sessionkeeper.js';

const store = new RedisStore({ url: process.env.REDIS_URL });
const nearCache = { maxEntries: 100_000, maxStale: '5s' };
await serveSessionkeeper(new SessionManager({ store, nearCache }));
