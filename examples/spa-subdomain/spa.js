import { fileURLToPath } from 'node:url';
import express from 'express';
import { findSession, problemHandler, requireSession } from 'sessionkeeper';

/** The host that serves the page. The cookies are for the whole domain, so it knows who asks without calling the API. */
export function createSpa(sessions, apiOrigin) {
  const spa = express();
  spa.disable('x-powered-by');

  spa.get('/start.json', requireSession(sessions, { optional: true }), (req, res) => {
    res.json({ api: apiOrigin, userId: findSession(req)?.userId ?? null });
  });

  spa.use((_req, res, next) => {
    res.set(
      'Content-Security-Policy',
      `default-src 'self'; connect-src 'self' ${apiOrigin}; frame-ancestors 'none'`,
    );
    next();
  });
  spa.use(express.static(fileURLToPath(new URL('public', import.meta.url))));
  spa.use(problemHandler());
  return spa;
}
