import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import compression from 'compression';
import type { LoginGuardOptions } from '../../lib';
import { frameworks, type Handler, mount } from './fixtures/frameworks';
import { attempt, elsewhere, fail, failures, guardedBench, logIn, password } from './fixtures/guarded-login';

const compress = compression({ threshold: 0 }) as unknown as Handler;

/** A form that is shown again, in its own time. */
const onDenied: LoginGuardOptions['onDenied'] = async (_req, res: ServerResponse, _next, error) => {
  await new Promise(setImmediate);
  res.statusCode = error.status;
  for (const [name, value] of Object.entries(error.headers)) res.setHeader(name, value);
  res.setHeader('Content-Type', 'text/html');
  res.write('<form>');
  res.end(error.code);
};

describe.each(frameworks)("the app's own answer to a refused login, on $name", (framework) => {
  test('is given at admission, and counts for nothing', async () => {
    const bench = guardedBench({ framework, guard: { onDenied } });
    expect(await fail(bench, 5)).toEqual([401, 401, 401, 401, 429]);
    const answer = await attempt(bench.browser());
    expect(answer).toMatchObject({ status: 429, text: '<form>too_many_attempts' });
    expect(answer.get('Retry-After')).toBe('1');
    expect(answer.get('Content-Type')).toBe('text/html');
    expect(await failures(bench)).toBe(4);
  });

  test.each([
    { kind: 'plain', word: 'wrong' },
    { kind: 'plain', word: password },
    { kind: 'compressed before the guard', word: 'wrong' },
    { kind: 'compressed before the guard', word: password },
    { kind: 'compressed behind it', word: 'wrong' },
    { kind: 'compressed behind it', word: password },
  ])('A70 is given in place of an answer that came too late: $kind, $word', async ({ kind, word }) => {
    const bench = guardedBench({
      framework,
      guard: { onDenied },
      before: (app) => {
        if (kind === 'compressed before the guard') mount(app, '/', compress);
      },
      handler: (sessions) => async (req, res, next) => {
        for (const ip of ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4']) {
          await sessions.lockout.recordFailure({ account: 'alice', client: { ip } });
        }
        res.setHeader('X-Handler', 'ran');
        if (kind === 'compressed behind it') compress(req, res, () => undefined);
        return logIn(sessions)(req, res, next);
      },
    });
    const answer = await attempt(bench.browser(), 'alice', word);
    expect(answer).toMatchObject({ status: 429, text: '<form>too_many_attempts' });
    expect(answer.get('Retry-After')).toBe('1');
    for (const name of ['X-Handler', 'Set-Cookie']) expect(answer.get(name)).toBeUndefined();
  });

  test('waits for a handler that is not done, and does not mix with it', async () => {
    const bench = guardedBench({
      framework,
      options: { lockout: { maxFailuresPerAddress: 1 } },
      guard: { onDenied },
      handler: (sessions) => async (req, res) => {
        await sessions.lockout.recordFailure({ client: { ip: String(req.headers['x-test-ip']) } });
        if (!res.write('one')) await once(res, 'drain');
        res.write('two');
        res.end('three');
      },
    });
    expect(await attempt(bench.browser())).toMatchObject({ status: 429, text: '<form>too_many_attempts' });
  });

  test('what it throws, and a fault of the store, go to the error handlers', async () => {
    const seen: unknown[] = [];
    const failing = guardedBench({
      framework,
      guard: {
        onDenied: () => {
          throw new Error('no such view');
        },
      },
    });
    await fail(failing, 4);
    expect(await attempt(failing.browser())).toMatchObject({ status: 500, text: 'unhandled: no such view' });

    const down = guardedBench({ framework, guard: { onDenied: () => seen.push('denied') } });
    down.store.failNext('count');
    const answer = await attempt(down.browser(), 'alice', 'wrong', elsewhere());
    expect(answer.status).toBe(503);
    expect(seen).toEqual([]);
  });
});
