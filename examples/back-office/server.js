import express from 'express';
import {
  adminRouter,
  getSession,
  loginGuard,
  problemHandler,
  redeemedToken,
  requireOneTimeToken,
  requireSession,
  SessionManager,
  sessionRouter,
  signIn,
} from 'sessionkeeper';
import { readLogin } from '../quickstart/bodies.js';
import { checkPassword, findUser } from '../quickstart/users.js';
import { serve } from '../serve.js';

// What `npx sessionkeeper secret` prints to be configured, as a JSON array: hashes, no secrets.
const { PORT = '3000', API_SECRETS } = process.env;
if (!API_SECRETS) {
  console.error("Set API_SECRETS to '[…]' with what `npx sessionkeeper secret` prints.");
  process.exit(1);
}

// Without `store`: Redis where REDIS_URL is set, else memory.
const sessions = new SessionManager({
  cookies: { secure: false }, // only because this runs on plain http
  limit: { perApplication: 3 },
  impersonation: {
    // Nobody acts in the place of an administrator; who is not there cannot be acted for.
    mayImpersonate: ({ userId }) => (findUser(userId) ? userId !== 'bob' : null),
  },
});

const app = express();
app.set('trust proxy', 'loopback');
app.disable('x-powered-by');
app.use(express.json());

const guard = loginGuard(sessions, { account: (req) => req.body.username });

app.post('/login', readLogin, guard, async (req, res, next) => {
  const { username, password } = req.body;
  const user = await checkPassword(username, password);
  if (!user) return res.status(401).json({ error: 'wrong username or password' });
  // Apps may keep an id of their own for the device that they are on.
  const deviceId = req.get('X-Device-Id');
  const outcome = await signIn(sessions, req, res, { userId: user.id, transport: 'bearer', deviceId });
  if (outcome.status !== 'created') return next(outcome.error);
  res.json({ session: outcome.session, tokens: outcome.tokens });
});

// Registration is open to whoever was given a one-time token by the back office.
app.post('/register', requireOneTimeToken(sessions, { purpose: 'registration' }), (req, res) => {
  const { data } = redeemedToken(req);
  res.status(201).json({ registered: req.body?.username, plan: data.plan });
});

// Stands for the page to which a social login returns. A real one checks what the provider sent, and goes on to the app by a redirect
// that carries the request token; the app exchanges it for a session at POST /api/v1/sessions/token.
app.post('/social/callback', async (req, res) => {
  const { requestToken } = await sessions.exchange.issue({
    userId: 'alice',
    applicationId: 'mobile',
    codeChallenge: req.body?.codeChallenge,
  });
  res.json({ requestToken });
});

// Stands for the mail that tells of a sign-in. A real one goes to the user alone: whoever has its link can sign them out.
app.post('/notice', requireSession(sessions), async (req, res) => {
  const { token } = /** @type {any} */ (await sessions.disowning.issue(getSession(req).id));
  res.json({ token });
});

app.get('/me', requireSession(sessions), (req, res) => {
  res.set('Cache-Control', 'no-store').json(getSession(req));
});

// Not while somebody from support acts in the user's place.
app.get('/invoices', requireSession(sessions, { allowImpersonation: false }), (_req, res) => {
  res.set('Cache-Control', 'no-store').json({ invoices: [] });
});

app.use('/api/v1/sessions', sessionRouter(sessions));

// For other services, by API secret. Browsers are refused; mount it where only your own network reaches it.
app.use('/api/v1/admin', adminRouter(sessions, { secrets: JSON.parse(API_SECRETS) }));

app.use(problemHandler());

const port = await serve(app, PORT, () => sessions.close());
console.log(`sessionkeeper back office on http://localhost:${port}`);
