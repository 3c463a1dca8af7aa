import { SessionManager } from 'sessionkeeper';
import { serve } from '../serve.js';
import { createApi } from './api.js';
import { createSpa } from './spa.js';

const { API_PORT = '3000', SPA_PORT = '3001' } = process.env;

// Browsers resolve every name below `localhost` to this machine and treat it as secure, so Secure cookies work without
// https. The cookies' domain is one level down: `localhost` itself is to them what `com` is, and can have no cookies.
const domain = 'example.localhost';
const apiOrigin = `http://api.${domain}:${API_PORT}`;
const spaOrigin = `http://app.${domain}:${SPA_PORT}`;

// Without `store`: Redis where REDIS_URL is set, else memory.
const sessions = new SessionManager({
  cookies: { domain },
  // To the API, the page is another origin of the same site; this is the one whose requests may change something.
  csrf: { allowedOrigins: [spaOrigin] },
});

await serve(createApi(sessions, spaOrigin), API_PORT, () => sessions.close());
await serve(createSpa(sessions, apiOrigin), SPA_PORT);
console.log(`the page on ${spaOrigin}, its API on ${apiOrigin}`);
