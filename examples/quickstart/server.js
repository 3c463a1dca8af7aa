import { fileURLToPath } from 'node:url';
import express from 'express';
import {
  acceptClientHints,
  confirmLogin,
  findSession,
  getSession,
  loginGuard,
  loginPassed,
  passwordChanged,
  problemHandler,
  requireRecentLogin,
  requireSession,
  sessionRouter,
  signIn,
  signOut,
} from 'sessionkeeper';
import { serve } from '../serve.js';
import { readLogin, readPassword, readPasswords } from './bodies.js';
import { sessions, storeName } from './sessions.js';
import { checkPassword, setPassword } from './users.js';

const { PORT = '3000' } = process.env;

const app = express();
app.set('trust proxy', 'loopback');
app.disable('x-powered-by');
app.use(express.json());

// Chromium tells system version and model only to those who ask before.
app.use(acceptClientHints());

// Wherever a password is read: slows guesses down, then locks the account for a while.
const account = (req) => findSession(req)?.userId ?? req.body.username;
const guard = loginGuard(sessions, { account });

app.post('/login', readLogin, guard, async (req, res, next) => {
  const { username, password, remember, transport } = req.body;
  const user = await checkPassword(username, password);
  if (!user) return res.status(401).json({ error: 'wrong username or password' });
  const outcome = await signIn(sessions, req, res, { userId: user.id, methods: ['pwd'], remember, transport });
  if (outcome.status !== 'created') return next(outcome.error);
  res.json({ session: outcome.session, tokens: outcome.tokens });
});

app.post('/logout', async (req, res) => {
  await signOut(sessions, req, res);
  res.status(204).end();
});

app.post('/password', requireSession(sessions), readPasswords, guard, async (req, res, next) => {
  const { userId } = getSession(req);
  if (!(await checkPassword(userId, req.body.current))) {
    return res.status(403).json({ error: 'the current password is wrong' });
  }
  const passed = await loginPassed(req);
  if (passed.status === 'refused') return next(passed.error);
  await setPassword(userId, req.body.next);
  // Ends all other sessions and gives this one new tokens.
  const { session, tokens } = await passwordChanged(sessions, req, res);
  res.json({ session, tokens });
});

app.get('/me', requireSession(sessions), (req, res) => {
  res.set('Cache-Control', 'no-store').json(getSession(req));
});

// Takes a login of the last 15 minutes; whoever signed in earlier is asked for the password again, and stays signed in.
app.get('/secret', requireRecentLogin(sessions, { within: '15m' }), (_req, res) => {
  res.set('Cache-Control', 'no-store').json({ secret: 'The cake is a lie.' });
});

// The one route that admits sessions that owe a fresh login.
const admitStepUp = requireSession(sessions, { allowStepUp: true });

app.post('/confirm', admitStepUp, readPassword, guard, async (req, res, next) => {
  if (!(await checkPassword(getSession(req).userId, req.body.password))) {
    return res.status(403).json({ error: 'the password is wrong' });
  }
  const outcome = await confirmLogin(sessions, req, res, { methods: ['pwd'] });
  if (outcome.status !== 'reissued') return next(outcome.error);
  res.json({ session: outcome.session, tokens: outcome.tokens });
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

// Stands for a mail: whoever signs in beside another device is told, and can say that it was somebody else.
sessions.on('login.concurrent', async ({ session }) => {
  const link = await sessions.disowning.issue(session.id);
  if (link.status !== 'issued') return;
  const { browser, os } = session.device;
  console.log(
    `Mail to ${session.userId}: a sign-in with ${browser ?? 'an app'} on ${os ?? 'a device'}. This wasn't you?`,
  );
  console.log(`  http://localhost:${port}/api/v1/sessions/disown?token=${link.token}`);
});

console.log(`sessionkeeper quickstart on http://localhost:${port} (${storeName} store)`);
console.log('Sign in as alice / wonderland or bob / builder. Ctrl-C stops.');
