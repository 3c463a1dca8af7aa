'use strict';

/** The README's app without Express: plain Connect knows neither `res.json` nor a parsed body. */
module.exports = function connectApp(connect, keeper) {
  const { MemoryStore, SessionManager, getSession, problemHandler, requireSession, sessionRouter, signIn } = keeper;
  const sessions = new SessionManager({ store: new MemoryStore(), cookies: { secure: false } });
  const requireUser = requireSession(sessions);
  const app = connect();
  app.use('/login', async (req, res, next) => {
    const { userId } = await jsonBody(req);
    const startedAt = await sessions.now();
    const outcome = await signIn(sessions, req, res, { userId, startedAt });
    if (outcome.status !== 'created') return next(outcome.error);
    json(res, { session: outcome.session });
  });
  app.use('/api/v1/sessions', sessionRouter(sessions));
  app.use('/me', (req, res, next) =>
    requireUser(req, res, (error) => (error ? next(error) : json(res, getSession(req)))),
  );
  app.use(problemHandler());
  return app;
};

async function jsonBody(req) {
  let text = '';
  for await (const chunk of req) text += chunk;
  return JSON.parse(text);
}

function json(res, body) {
  res.setHeader('Content-Type', 'application/json');
  res.end(JSON.stringify(body));
}
