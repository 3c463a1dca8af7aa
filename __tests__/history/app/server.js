// One of the app processes of a run: the library as an app uses it, on the build, for bearer clients.
import express from 'express';
import {
  getSession,
  passwordChanged,
  problemHandler,
  requireSession,
  sessionRouter,
  SessionManager,
  signIn,
} from 'sessionkeeper';
import { openStore } from './store.js';

const { access, grace, nearCache, ...settings } = JSON.parse(process.argv[2] ?? '{}');

const sessions = new SessionManager({
  store: openStore(settings),
  lifetimes: { accessToken: access, refreshToken: '2h' },
  rotation: { grace },
  ...(nearCache && { nearCache }),
});

const app = express();
app.use(express.json());

// The beginning of a sign-in; in between a person types a password.
app.get('/beginning', async (_req, res) => {
  res.json({ startedAt: await sessions.now() });
});

app.post('/login', async (req, res, next) => {
  const { userId, startedAt, limit } = req.body;
  const outcome = await signIn(sessions, req, res, {
    userId,
    startedAt,
    transport: 'bearer',
    ...(limit && { limit }),
  });
  if (outcome.status !== 'created') return next(outcome.error);
  const { session, tokens, ended } = outcome;
  res.json({ session, tokens, ended });
});

app.get('/me', requireSession(sessions), (req, res) => res.json(getSession(req)));
app.get('/me/fresh', requireSession(sessions, { fresh: true }), (req, res) => res.json(getSession(req)));

app.post('/password', requireSession(sessions), async (req, res) => {
  const { durable, session, tokens } = await passwordChanged(sessions, req, res);
  res.status(durable ? 200 : 202).json({ durable, session, tokens });
});

app.use('/sessions', sessionRouter(sessions));
app.use(problemHandler());

const server = app.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));
// A kept connection that this side closes just as it is used again would look like a lost reply.
server.keepAliveTimeout = 60_000;

// Whoever started this process has gone.
process.on('disconnect', () => process.exit());
