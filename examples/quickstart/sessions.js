import { geoipLite, MemoryStore, RedisStore, SessionManager } from 'sessionkeeper';

const { REDIS_URL, SESSION_LIMIT = '3', ON_EXCEEDED = 'reject' } = process.env;

export const storeName = REDIS_URL ? 'Redis' : 'memory';

const hasLimit = SESSION_LIMIT !== '0' && SESSION_LIMIT !== 'none';

export const sessions = new SessionManager({
  store: REDIS_URL ? new RedisStore({ url: REDIS_URL }) : new MemoryStore(),
  // Only because this runs on plain http. Leave it out behind https: cookies are then Secure and named __Host-.
  cookies: { secure: false },
  // Looked up on this machine, where geoip-lite is installed. Whoever comes first waits for its data, a second; else leave the deadline out.
  geo: { resolver: geoipLite(), deadline: '5s' },
  // What is unusual is shown on the page; what is very unusual is asked for the password once more.
  risk: {},
  // Whoever signs in on a fourth device is asked which of the others to sign out; ON_EXCEEDED tries other policies.
  limit: hasLimit ? { max: Number(SESSION_LIMIT), onExceeded: /** @type {any} */ (ON_EXCEEDED) } : {},
});
