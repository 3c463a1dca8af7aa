import { RedisStore, SessionManager } from '../../../dist/index.js';
import { serveSessionkeeper } from '../serve-sessionkeeper.js';

const sessions = new SessionManager({ store: new RedisStore({ url: process.env.REDIS_URL }) });
await serveSessionkeeper(sessions, 'cookie');
