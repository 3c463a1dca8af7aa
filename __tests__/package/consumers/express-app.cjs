'use strict';

/** The README's app, on whichever Express and whichever build of the library it is given. */
module.exports = function expressApp(express, keeper) {
  const { MemoryStore, SessionManager, getSession, problemHandler, requireSession, sessionRouter, signIn } = keeper;
  const sessions = new SessionManager({ store: new MemoryStore(), cookies: { secure: false } });
  const app = express();
  app.use(express.json());
  app.post('/login', async (req, res, next) => {
    const startedAt = await sessions.now();
    const outcome = await signIn(sessions, req, res, { userId: req.body.userId, startedAt });
    if (outcome.status !== 'created') return next(outcome.error);
    res.json({ session: outcome.session });
  });
  app.use('/api/v1/sessions', sessionRouter(sessions));
  app.get('/me', requireSession(sessions), (req, res) => res.json(getSession(req)));
  app.use(problemHandler());
  return app;
};
