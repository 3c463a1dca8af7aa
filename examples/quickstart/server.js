import { fileURLToPath } from 'node:url';
import express from 'express';
import {
  MemoryStore,
  RedisStore,
  SessionManager,
  getSession,
  passwordChanged,
  problemHandler,
  requireSession,
  sessionRouter,
  signIn,
  signOut,
} from 'sessionkeeper';
import { serve } from '../serve.js';
import { checkPassword, setPassword } from './users.js';

const { PORT = '3000', REDIS_URL } = process.env;

const sessions = new SessionManager({
  store: REDIS_URL ? new RedisStore({ url: REDIS_URL }) : new MemoryStore(),
  // Only because this runs on plain http. Leave it out behind https: cookies are then Secure and named __Host-.
  cookies: { secure: false },
});

const app = express();
app.set('trust proxy', 'loopback');
app.disable('x-powered-by');
app.use(express.json());

app.post('/login', async (req, res, next) => {
  // Taken before the password is read: if it is changed meanwhile, this sign-in is refused.
  const startedAt = await sessions.now();
  const { username, password, remember = false, transport = 'cookie' } = req.body ?? {};
  if (!isText(username) || !isText(password) || typeof remember !== 'boolean' || !isTransport(transport)) {
    return res.status(400).json({ error: 'expected { username, password, remember?, transport? }' });
  }
  const user = await checkPassword(username, password);
  if (!user) return res.status(401).json({ error: 'wrong username or password' });
  const outcome = await signIn(sessions, req, res, { userId: user.id, remember, transport, startedAt });
  if (outcome.status !== 'created') return next(outcome.error);
  res.json({ session: outcome.session, tokens: outcome.tokens });
});

app.post('/logout', async (req, res) => {
  await signOut(sessions, req, res);
  res.status(204).end();
});

app.post('/password', requireSession(sessions), async (req, res) => {
  const { current, next } = req.body ?? {};
  if (!isText(current) || !isText(next)) return res.status(400).json({ error: 'expected { current, next }' });
  const { userId } = getSession(req);
  if (!(await checkPassword(userId, current))) {
    return res.status(403).json({ error: 'the current password is wrong' });
  }
  await setPassword(userId, next);
  // Ends all other sessions and gives this one new tokens.
  const { session, tokens } = await passwordChanged(sessions, req, res);
  res.json({ session, tokens });
});

app.get('/me', requireSession(sessions), (req, res) => {
  res.set('Cache-Control', 'no-store').json(getSession(req));
});

app.use('/api/v1/sessions', sessionRouter(sessions));

app.get('/health', async (_req, res) => {
  const { status } = await sessions.health();
  res.status(status === 'up' ? 200 : 503).json({ status });
});

app.use(
  express.static(fileURLToPath(new URL('public', import.meta.url)), {
    setHeaders: (res) =>
      res.set({
        'Content-Security-Policy':
          "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        'X-Content-Type-Options': 'nosniff',
      }),
  }),
);

app.use(problemHandler());

const port = await serve(app, PORT, () => sessions.close());
console.log(`sessionkeeper quickstart on http://localhost:${port} (${REDIS_URL ? 'Redis' : 'memory'} store)`);
console.log('Sign in as alice / wonderland or bob / builder. Ctrl-C stops.');

function isText(value) {
  return typeof value === 'string' && value !== '' && value.length <= 256;
}

function isTransport(value) {
  return value === 'cookie' || value === 'bearer';
}
