import { redisStorage } from '@better-auth/redis-storage';
import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { fromNodeHeaders } from 'better-auth/node';
import { Redis } from 'ioredis';
import { serve } from '../serve.js';

const auth = betterAuth({
  secret: 'a secret of the benchmark, 32 characters and more',
  baseURL: 'http://127.0.0.1',
  database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
  secondaryStorage: redisStorage({ client: new Redis(process.env.REDIS_URL ?? '') }),
  // Every check reads the session in Redis.
  session: { cookieCache: { enabled: false } },
  // A real hash would make the preparation take minutes; nothing that is measured hashes a password.
  emailAndPassword: { enabled: true, password: { hash: async () => 'hash', verify: async () => true } },
});

await serve({
  async guard(req, res, next) {
    const found = await auth.api.getSession({ headers: fromNodeHeaders(req.headers) });
    if (!found) return void res.status(401).json({ error: 'unauthorized' });
    req.user = found.user;
    next();
  },
  userOf: (req) => req.user.name,
  async signIn({ userId, ip, userAgent }) {
    const { headers } = await auth.api.signUpEmail({
      body: { name: userId, email: `${userId}@example.org`, password: 'correct horse battery' },
      headers: { 'user-agent': userAgent, 'x-forwarded-for': ip },
      returnHeaders: true,
    });
    return { cookie: headers.getSetCookie()[0]?.split(';')[0] ?? '' };
  },
});
