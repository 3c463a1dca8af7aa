/** The session is sealed into the cookie: no store is read. */
import { getIronSession, sealData } from 'iron-session';
import { serve } from '../serve.js';

const options = { cookieName: 'session', password: 'a password of the benchmark, 32 characters and more' };

await serve({
  async guard(req, res, next) {
    req.session = await getIronSession(req, res, options);
    if (req.session.userId) next();
    else res.status(401).json({ error: 'unauthorized' });
  },
  userOf: (req) => req.session.userId,
  async signIn(person) {
    const now = new Date().toISOString();
    return { cookie: `session=${await sealData({ ...person, createdAt: now, lastSeenAt: now }, options)}` };
  },
});
