import cookieParser from 'cookie-parser';
import session from 'express-session';
import helmet from 'helmet';
import { setCookiesOf } from './fixtures/browser';
import { frameworks, mount, type TestApp } from './fixtures/frameworks';
import { accessCookie, deviceCookie, guarded, HttpBench, refreshCookie } from './fixtures/http-bench';

const minute = 60_000;

function neighbours(app: TestApp): void {
  app.use('/', helmet() as never);
  app.use('/', cookieParser('theirs') as never);
  app.use(
    '/',
    session({ secret: 'theirs', resave: false, saveUninitialized: true, cookie: { secure: false } }) as never,
  );
}

interface Theirs {
  session: { visits?: number };
  cookies: Record<string, string>;
}

describe.each(frameworks)('beside cookie-parser, express-session and helmet on $name', (framework) => {
  const open = (): HttpBench =>
    new HttpBench({
      framework,
      before: (app) => {
        neighbours(app);
        mount(app, '/', (req, _res, next) => {
          const { session: theirs } = req as unknown as Theirs;
          theirs.visits = (theirs.visits ?? 0) + 1;
          next();
        });
      },
      routes: guarded('/both', {}, (req, res) => {
        const { session: theirs, cookies } = req as unknown as Theirs;
        res.end(JSON.stringify({ visits: theirs.visits, parsed: Object.keys(cookies).length }));
      }),
    });

  test('sign-in, renewal and sign-out work, and each library keeps its own cookies', async () => {
    const bench = open();
    const browser = bench.browser();
    const signIn = await browser.post('/login').expect(200);
    expect(
      setCookiesOf(signIn)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([accessCookie, deviceCookie, refreshCookie, 'connect.sid']);
    expect(signIn.get('Content-Security-Policy')).toBeDefined();

    bench.time.advance(16 * minute);
    const renewed = await browser.get('/both').expect(200);
    expect(JSON.parse(renewed.text)).toEqual({ visits: 2, parsed: 3 });
    expect(setCookiesOf(renewed).map(({ name }) => name)).toEqual(
      expect.arrayContaining([accessCookie, refreshCookie]),
    );

    await browser.post('/logout').expect(200);
    expect([...browser.cookies.values()].map(({ name }) => name).sort()).toEqual([deviceCookie, 'connect.sid']);
  });

  test('the router reads and answers as ever', async () => {
    const browser = await open().signedIn();
    const { body } = await browser.send('patch', '/api/v1/sessions/current').send({ name: 'Desk' }).expect(200);
    expect(body).toMatchObject({ session: { device: { name: 'Desk' } } });
  });
});
