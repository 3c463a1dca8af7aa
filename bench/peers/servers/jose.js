/** A signed token: no store is read. */
import { randomBytes, randomUUID, webcrypto } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { serve } from '../serve.js';

const hmac = { name: 'HMAC', hash: 'SHA-256' };
// Imported once: given as bytes, the key would be imported at every check.
const key = await webcrypto.subtle.importKey('raw', randomBytes(32), hmac, false, ['sign', 'verify']);
const rules = { algorithms: ['HS256'] };

await serve({
  async guard(req, res, next) {
    try {
      const { payload } = await jwtVerify(req.headers.authorization?.slice('Bearer '.length) ?? '', key, rules);
      req.user = payload.sub;
      next();
    } catch {
      res.status(401).json({ error: 'unauthorized' });
    }
  },
  userOf: (req) => req.user,
  async signIn({ userId }) {
    const claims = new SignJWT().setSubject(userId).setJti(randomUUID()).setIssuedAt().setExpirationTime('1h');
    return { authorization: `Bearer ${await claims.setProtectedHeader({ alg: 'HS256' }).sign(key)}` };
  },
});
