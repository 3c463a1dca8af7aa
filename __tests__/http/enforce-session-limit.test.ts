import { enforceSessionLimit, type LimitOptions, SessionManager, signIn } from '../../lib';
import { refusalOf } from '../fixtures/refusal-of';
import { frameworks, mount, type Handler, type TestApp } from './fixtures/frameworks';
import { HttpBench, parameters } from './fixtures/http-bench';

const withLimit =
  (limit: LimitOptions) =>
  (app: TestApp, sessions: SessionManager): void => {
    const handler: Handler = async (req, res, next) => {
      const outcome = await signIn(sessions, req, res, {
        userId: parameters(req).get('user') ?? 'alice',
        startedAt: await sessions.now(),
      });
      if (outcome.status !== 'created') return next('error' in outcome ? outcome.error : undefined);
      res.end(outcome.session.id);
    };
    mount(app, '/limited', enforceSessionLimit(sessions, limit), handler);
  };

describe.each(frameworks)('enforceSessionLimit on $name', (framework) => {
  test('sets the limit of a sign-in in this request, in place of the manager’s, and of no other', async () => {
    const bench = new HttpBench({
      framework,
      options: { limit: { max: 1 } },
      routes: withLimit({ max: 2, onExceeded: 'evict-oldest' }),
    });
    await bench.signedIn();
    await bench.browser().post('/limited').expect(200);
    await bench.browser().post('/limited').expect(200);
    expect((await bench.sessions.list('alice')).data).toHaveLength(2);
    await bench.browser().post('/login').expect(409);
  });
});

test('a user’s own limit that was set still counts', async () => {
  const bench = new HttpBench({ routes: withLimit({ max: 5 }) });
  await bench.sessions.limits.set('alice', 1);
  await bench.browser().post('/limited').expect(200);
  await bench.browser().post('/limited').expect(409);
});

test('one manager’s limit is not another’s', async () => {
  const bench = new HttpBench({
    routes: (app, sessions, { store }) => {
      const other = new SessionManager({ store: store.port });
      mount(app, '/other', enforceSessionLimit(other, { max: 1 }), async (req, res) => {
        await signIn(sessions, req, res, { userId: 'alice', startedAt: await sessions.now() });
        res.end();
      });
    },
  });
  await bench.browser().post('/other').expect(200);
  await bench.browser().post('/other').expect(200);
  expect((await bench.sessions.list('alice')).data).toHaveLength(2);
});

test('options are read when it is made, and errors name them', () => {
  const sessions = new HttpBench().sessions;
  expect(refusalOf(() => enforceSessionLimit(sessions, { max: 0 })).message).toContain('enforceSessionLimit.max');
  expect(refusalOf(() => enforceSessionLimit(sessions, { most: 3 } as LimitOptions)).message).toContain(
    'enforceSessionLimit.most: unknown option',
  );
});
