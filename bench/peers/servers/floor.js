/** The least that a guard can do: read the Authorization header. What the others take beyond it is what they cost. */
import { serve } from '../serve.js';

await serve({
  guard(req, res, next) {
    if (req.headers.authorization?.startsWith('Bearer ')) next();
    else res.status(401).json({ error: 'unauthorized' });
  },
  userOf: (req) => req.headers.authorization.slice('Bearer '.length),
  signIn: async ({ userId }) => ({ authorization: `Bearer ${userId}` }),
});
