import express from 'express';
import {
  SessionManager,
  duration,
  getSession,
  problemHandler,
  requireSession,
  sessionRouter,
  signIn,
} from 'sessionkeeper';
import { checkPassword } from '../quickstart/users.js';
import { serve } from '../serve.js';

const { PORT = '3000', ACCESS_TOKEN = '15m' } = process.env;

// Without `store`: Redis where REDIS_URL is set, else memory.
const sessions = new SessionManager({ lifetimes: { accessToken: duration(ACCESS_TOKEN), refreshToken: '30d' } });

const app = express();
app.set('trust proxy', 'loopback');
app.disable('x-powered-by');
app.use(express.json());

app.post('/login', async (req, res, next) => {
  const startedAt = await sessions.now();
  const { username, password } = req.body ?? {};
  if (typeof username !== 'string' || typeof password !== 'string') {
    return res.status(400).json({ error: 'expected { username, password }' });
  }
  const user = await checkPassword(username, password);
  if (!user) return res.status(401).json({ error: 'wrong username or password' });
  const outcome = await signIn(sessions, req, res, {
    userId: user.id,
    applicationId: 'mobile',
    transport: 'bearer',
    startedAt,
  });
  if (outcome.status !== 'created') return next(outcome.error);
  res.json({ session: outcome.session, tokens: outcome.tokens });
});

// An API for apps has no business with cookies.
app.get('/me', requireSession(sessions, { transport: 'bearer' }), (req, res) => res.json(getSession(req)));

// Refresh and sign-out: POST /sessions/refresh and DELETE /sessions/current.
app.use('/sessions', sessionRouter(sessions));

app.use(problemHandler());

const port = await serve(app, PORT, () => sessions.close());
console.log(`API for apps on http://localhost:${port}`);
