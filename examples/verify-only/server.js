import express from 'express';
import { RedisStore, SessionManager, getSession, problemHandler, requireSession } from 'sessionkeeper';
import { serve } from '../serve.js';

const { PORT = '3100', REDIS_URL } = process.env;
if (!REDIS_URL) {
  console.error('This service reads the sessions of another one, so both need the same Redis: set REDIS_URL.');
  process.exit(1);
}

const sessions = new SessionManager({
  store: new RedisStore({ url: REDIS_URL }),
  // The cookie options are the names to look for: the same as in the service that signs people in.
  cookies: { secure: false },
});

// Checks, and never renews: answering token_expired sends the client to the service that owns the sign-in.
const requireUser = requireSession(sessions, { autoRefresh: false });

const app = express();
app.set('trust proxy', 'loopback');
app.disable('x-powered-by');

app.get('/reports', requireUser, (req, res) => {
  const { userId, device } = getSession(req);
  res.json({ reports: [`Sales, for ${userId} on ${device.browser ?? 'an unknown browser'}`] });
});

app.use(problemHandler());

const port = await serve(app, PORT, () => sessions.close());
console.log(`reports on http://localhost:${port}/reports`);
