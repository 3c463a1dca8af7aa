/* eslint-disable @typescript-eslint/no-unsafe-member-access, @typescript-eslint/no-unsafe-return -- bodies are read as apps read them */
import connect from 'connect';
import express from 'express';
import express4 from 'express4';
import request from 'supertest';
import {
  findSession,
  forceLogoutOnPasswordChange,
  getSession,
  loginGuard,
  MemoryStore,
  problemHandler,
  requireSession,
  SessionManager,
  sessionRouter,
  type SessionView,
  signIn,
} from '../../lib';
import '../../lib/types';

// Without a cast anywhere: what compiles here compiles in an app.
interface Cart {
  items: string[];
}

const sessions = new SessionManager<Cart>({ store: new MemoryStore() });

test('Express 5 takes options written for its own request and response', async () => {
  const app = express();
  app.post('/login', async (req, res, next) => {
    const outcome = await signIn(sessions, req, res, { userId: 'alice', data: { items: ['tea'] }, startedAt: 0 });
    if (outcome.status !== 'created') return next(outcome.error);
    const items: string[] | undefined = outcome.session.data.items;
    res.json({ items });
  });
  app.use('/sessions', sessionRouter(sessions));
  app.get(
    '/cart',
    requireSession(sessions, {
      onDenied: (req: express.Request, res: express.Response, _next, error) =>
        res.status(error.status).json({ path: req.path }),
    }),
    (req, res) => {
      const session: SessionView<Cart> = getSession<Cart>(req);
      const attached: string | undefined = req.userSession?.id;
      res.json({ items: session.data.items, attached });
    },
  );
  app.post(
    '/reset',
    forceLogoutOnPasswordChange(sessions, {
      userId: (_req: express.Request, res: express.Response) => res.locals['userId'] as string | undefined,
    }),
    (_req, res) => void res.sendStatus(204),
  );
  app.use(problemHandler());
  expect((await request(app).get('/cart').expect(401)).body).toEqual({ path: '/cart' });
});

test('loginGuard reads the body without an annotation, by itself and in a route of each framework', () => {
  const failed = (): boolean => false;
  const guard = loginGuard(sessions, { account: (req) => req.body.email as string });
  express().post('/login', guard, (_req, res) => void res.end());
  express().post('/login', loginGuard(sessions, { account: (req) => req.body.email, failed }), (req, res) => {
    res.end(req.path);
  });
  express4().post('/login', guard, (_req, res) => void res.end());
  express4().post('/login', loginGuard(sessions, { account: (req) => req.body.email }), (req, res) => {
    res.end(req.path);
  });
  connect().use('/login', guard);
  connect().use('/login', loginGuard(sessions, { account: (req) => req.body.email }));
  express().post(
    '/login',
    loginGuard(sessions, {
      account: (req: express.Request) => req.params['tenant'] as string | undefined,
      onDenied: (_req, res: express.Response, _next, error) => res.status(error.status).end(),
    }),
  );
  expect(guard).toHaveLength(3);
});

test('Express 4 does too', async () => {
  const app = express4();
  app.use('/sessions', sessionRouter(sessions));
  app.get(
    '/cart',
    requireSession(sessions, {
      onDenied: (req: express4.Request, res: express4.Response, _next, error) =>
        res.status(error.status).json({ path: req.path }),
    }),
    (req, res) => res.json(getSession(req)),
  );
  app.use(problemHandler());
  expect((await request(app).get('/cart').expect(401)).body).toEqual({ path: '/cart' });
});

test('Connect takes everything as it is', async () => {
  const app = connect();
  app.use('/sessions', sessionRouter(sessions));
  app.use('/cart', requireSession(sessions, { optional: true }));
  app.use('/cart', (req, res) => res.end(findSession<Cart>(req)?.data.items?.join() ?? 'none'));
  app.use(problemHandler());
  expect((await request(app).get('/cart').expect(200)).text).toBe('none');
});
