import type { IncomingMessage } from 'node:http';
import {
  authenticate,
  findSession,
  getSession,
  type ManagerOptions,
  requireSession,
  type RequireSessionOptions,
  type SessionManager,
  signIn,
  signOut,
} from '../../lib';
import { refusalOf } from '../fixtures/refusal-of';
import type { Browser } from './fixtures/browser';
import { type Handler, mount } from './fixtures/frameworks';
import { accessCookie, HttpBench } from './fixtures/http-bench';

const minute = 60_000;

type Step = (a: SessionManager, b: SessionManager) => Handler;

/** An app on which the managers A and B each have a say, one handler after the other, and the last tells what it sees. */
class TwoManagers {
  readonly #b: HttpBench;
  readonly #a: HttpBench;

  constructor(steps: readonly Step[], optionsOfB: ManagerOptions = {}) {
    this.#b = new HttpBench({ options: { cookies: { prefix: 'b' }, ...optionsOfB } });
    const b = this.#b.sessions;
    this.#a = new HttpBench({
      routes: (app, a) => mount(app, '/both', ...steps.map((step) => step(a, b)), tell(a, b)),
    });
  }

  /** A browser that A knows as alice, and B as bob. */
  async knownTo(...managers: readonly ('a' | 'b')[]): Promise<Browser> {
    const browser = managers.includes('a') ? await this.#a.signedIn() : this.#a.browser();
    if (!managers.includes('b')) return browser;
    const other = await this.#b.signedIn('user=bob');
    for (const [key, cookie] of other.cookies) browser.cookies.set(key, cookie);
    return browser;
  }
}

function tell(a: SessionManager, b: SessionManager): Handler {
  return (req, res) => {
    const { userSession, other } = req as IncomingMessage & Record<string, { userId: string } | undefined>;
    const seen = {
      latest: findSession(req)?.userId,
      a: findSession(req, a)?.userId,
      b: findSession(req, b)?.userId,
      property: userSession?.userId,
      other: other?.userId,
    };
    res.end(JSON.stringify(seen));
  };
}

const guardA =
  (options: RequireSessionOptions = {}): Step =>
  (a) =>
    requireSession(a, options);
const guardB =
  (options: RequireSessionOptions = {}): Step =>
  (_a, b) =>
    requireSession(b, options);

async function seenBy(browser: Browser): Promise<unknown> {
  return JSON.parse((await browser.get('/both').expect(200)).text);
}

describe('with two managers on one app', () => {
  test('the session of the guard that admitted last is found, and each by its manager', async () => {
    const app = new TwoManagers([guardA(), guardB()]);
    const seen = await seenBy(await app.knownTo('a', 'b'));
    expect(seen).toEqual({ latest: 'bob', a: 'alice', b: 'bob', property: 'bob' });
  });

  test('a guard that admits again shows its own session again', async () => {
    const app = new TwoManagers([guardA(), guardB(), guardA()]);
    const seen = await seenBy(await app.knownTo('a', 'b'));
    expect(seen).toEqual({ latest: 'alice', a: 'alice', b: 'bob', property: 'alice' });
  });

  test("a guard that refuses does not leave another manager's session to be taken for its own", async () => {
    const app = new TwoManagers([guardA(), guardB({ optional: true })]);
    expect(await seenBy(await app.knownTo('a'))).toEqual({ a: 'alice' });
  });

  test('nor does one whose refusal the app answers itself', async () => {
    const app = new TwoManagers([guardA(), guardB({ onDenied: (_req, _res, next) => next() })]);
    expect(await seenBy(await app.knownTo('a'))).toEqual({ a: 'alice' });
  });

  test('nor does authenticate', async () => {
    const asks: Step = (_a, b) => async (req, _res, next) => {
      await authenticate(b, req);
      next();
    };
    const app = new TwoManagers([guardA(), asks]);
    expect(await seenBy(await app.knownTo('a'))).toEqual({ a: 'alice' });
  });

  test('a property that is named for one manager is its own', async () => {
    const app = new TwoManagers([guardA(), guardB({ optional: true })], { requestProperty: 'other' });
    expect(await seenBy(await app.knownTo('a'))).toEqual({ a: 'alice', property: 'alice' });
    expect(await seenBy(await app.knownTo('a', 'b'))).toMatchObject({ property: 'alice', other: 'bob' });
  });

  test('a property that the app has put there is not touched', async () => {
    const puts: Step = () => (req, _res, next) => {
      Object.assign(req, { other: { userId: 'of the app' } });
      next();
    };
    const app = new TwoManagers([puts, guardA(), guardB({ optional: true })], { requestProperty: 'other' });
    expect(await seenBy(await app.knownTo('a'))).toMatchObject({ other: 'of the app' });
  });

  test("signing out of one leaves the other's session", async () => {
    const signsOut =
      (which: 'a' | 'b'): Step =>
      (a, b) =>
      async (req, res, next) => {
        await signOut(which === 'a' ? a : b, req, res);
        next();
      };
    const first = new TwoManagers([guardA(), guardB(), signsOut('a')]);
    expect(await seenBy(await first.knownTo('a', 'b'))).toEqual({
      latest: 'bob',
      b: 'bob',
      property: 'bob',
    });
    const last = new TwoManagers([guardA(), guardB(), signsOut('b')]);
    expect(await seenBy(await last.knownTo('a', 'b'))).toEqual({ a: 'alice' });
  });

  test('getSession refuses where its manager has found none', async () => {
    const { sessions } = new HttpBench();
    expect(refusalOf(() => getSession({} as never, sessions))).toMatchObject({ code: 'no_session' });
  });
});

test('a store that fails a later guard leaves no session behind', async () => {
  let found: unknown = 'not asked';
  const bench = new HttpBench({
    routes: (app, sessions) => {
      mount(app, '/twice', requireSession(sessions), (_req, _res, next) => {
        bench.store.failNext('find');
        next();
      });
      mount(app, '/twice', (req, res, next) =>
        requireSession(sessions, { fresh: true, onDenied: () => undefined })(req, res, (error) => {
          found = findSession(req);
          next(error);
        }),
      );
    },
  });
  await (await bench.signedIn()).get('/twice').expect(503);
  expect(found).toBeUndefined();
});

test('authenticate judges the tokens that the request has been given meanwhile', async () => {
  const bench = new HttpBench({
    routes: (app, sessions) => {
      mount(app, '/graphql', requireSession(sessions), async (req, res) => {
        const { status } = await authenticate(sessions, req);
        res.end(JSON.stringify({ status, userId: findSession(req)?.userId }));
      });
    },
  });
  const browser = await bench.signedIn();
  bench.time.advance(16 * minute);
  const answer = await browser.get('/graphql').expect(200);
  expect(JSON.parse(answer.text)).toEqual({ status: 'active', userId: 'alice' });
});

test('a sign-in shows its session, whoever was admitted before', async () => {
  const signsIn: Step = (a) => async (req, res, next) => {
    await signIn(a, req, res, { userId: 'carol', startedAt: await a.now() });
    next();
  };
  const app = new TwoManagers([guardB(), signsIn]);
  const browser = await app.knownTo('b');
  const answer = await browser.get('/both', { 'Sec-Fetch-Site': 'same-origin' }).expect(200);
  expect(JSON.parse(answer.text)).toMatchObject({ latest: 'carol', a: 'carol', b: 'bob' });
  expect(browser.value(accessCookie)).toBeDefined();
});
