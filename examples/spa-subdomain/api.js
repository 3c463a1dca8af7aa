import express from 'express';
import { getSession, problemHandler, requireSession, sessionRouter, signIn, signOut } from 'sessionkeeper';
import { checkPassword } from '../quickstart/users.js';
import { allowOrigin } from './cors.js';

/** The API on its own host: no pages, cookies for the whole domain, calls from one origin. */
export function createApi(sessions, spaOrigin) {
  const api = express();
  api.disable('x-powered-by');
  // First of all, so that refusals can be read by the page as well.
  api.use(allowOrigin(spaOrigin));
  api.use(express.json());

  api.post('/login', async (req, res, next) => {
    const startedAt = await sessions.now();
    const { username, password } = req.body ?? {};
    if (typeof username !== 'string' || typeof password !== 'string') {
      return res.status(400).json({ error: 'expected { username, password }' });
    }
    const user = await checkPassword(username, password);
    if (!user) return res.status(401).json({ error: 'wrong username or password' });
    const outcome = await signIn(sessions, req, res, { userId: user.id, startedAt });
    if (outcome.status !== 'created') return next(outcome.error);
    res.json({ session: outcome.session });
  });

  api.post('/logout', async (req, res) => {
    await signOut(sessions, req, res);
    res.status(204).end();
  });

  api.get('/me', requireSession(sessions), (req, res) => res.json(getSession(req)));
  api.use('/sessions', sessionRouter(sessions));
  api.use(problemHandler());
  return api;
}
