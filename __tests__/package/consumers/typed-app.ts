/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return -- bodies are read as apps read them */
import express from 'express';
import {
  type Duration,
  MemoryStore,
  SessionError,
  SessionManager,
  duration,
  getSession,
  loginGuard,
  problemHandler,
  requireSession,
  sessionRouter,
  signIn,
  webhookSink,
} from 'sessionkeeper';
import 'sessionkeeper/types';

interface Login {
  userId: string;
  remember?: boolean;
}

const accessToken: Duration = duration('15m');

export const sessions = new SessionManager({ store: new MemoryStore(), lifetimes: { accessToken, idle: '7d' } });

export const app = express();
app.use(express.json());
export const guard = loginGuard(sessions, { account: (req) => req.body.email });
app.post('/login', loginGuard(sessions, { account: (req) => req.body.email }), async (req, res, next) => {
  const { userId, remember = false } = req.body as Login;
  const startedAt = await sessions.now();
  const outcome = await signIn(sessions, req, res, { userId, remember, startedAt });
  if (outcome.status !== 'created') {
    next(outcome.error);
    return;
  }
  const id: string = outcome.session.id;
  res.json({ id });
});
app.use('/api/v1/sessions', sessionRouter(sessions));
app.get('/me', requireSession(sessions), (req, res) => {
  const attached: string | undefined = req.userSession?.id;
  const { userId } = getSession(req);
  res.json({ attached, userId });
});
app.use(problemHandler());

export const recent = async (token: string, maybe: string | undefined): Promise<unknown[]> => [
  await sessions.verify(token, { ip: maybe }),
  await sessions.list('alice', { cursor: maybe }),
];

// What is not known is undefined there, and may be handed on as it is.
export const fromEnvironment = (): unknown[] => [
  webhookSink({ url: process.env['WEBHOOK_URL'], secret: process.env['WEBHOOK_SECRET'] }),
];
export const placed: express.RequestHandler = async (req, res) => {
  const location = { city: req.get('CF-IPCity'), country: req.get('CF-IPCountry') };
  await signIn(sessions, req, res, { userId: 'alice', location });
};
export const lastPage = async (cursor: string | null): Promise<unknown[]> => [
  await sessions.list('alice', { cursor }),
  await sessions.history('alice', { cursor }),
  await sessions.devices('alice', { cursor }),
  await sessions.audit.feed({ cursor }),
  await sessions.access.history({ cursor }),
];

// @ts-expect-error: a bare number is no duration
export const wrong = (): SessionManager => new SessionManager({ lifetimes: { accessToken: 900 } });

export const isExpired = (error: unknown): boolean =>
  error instanceof SessionError && error.code === 'session_expired';
