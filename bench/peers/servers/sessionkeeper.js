import { RedisStore, SessionManager } from '../../../dist/index.js';
import { serveSessionkeeper } from '../serve-sessionkeeper.js';

await serveSessionkeeper(new SessionManager({ store: new RedisStore({ url: process.env.REDIS_URL }) }));
