import { RedisStore } from 'connect-redis';
import express from 'express';
import session from 'express-session';
import { createClient } from 'redis';
import { serve } from '../serve.js';

const client = createClient({ url: process.env.REDIS_URL });
await client.connect();

const sessions = session({
  store: new RedisStore({ client }),
  secret: 'a secret of the benchmark, 32 bytes and more',
  resave: false,
  saveUninitialized: false,
});

await serve({
  guard(req, res, next) {
    sessions(req, res, (error) => {
      if (error) next(error);
      else if (req.session.userId) next();
      else res.status(401).json({ error: 'unauthorized' });
    });
  },
  userOf: (req) => req.session.userId,
  routes(app) {
    app.post('/sign-in', sessions, express.json(), (req, res) => {
      const now = new Date().toISOString();
      Object.assign(req.session, req.body, { createdAt: now, lastSeenAt: now });
      res.json({});
    });
  },
  async signIn(person, origin) {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${origin}/sign-in`, { method: 'POST', headers, body: JSON.stringify(person) });
    return { cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? '' };
  },
});
