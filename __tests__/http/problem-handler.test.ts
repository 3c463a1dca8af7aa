import express from 'express';
import express4 from 'express4';
import request from 'supertest';
import { problemHandler, SessionError } from '../../lib';
import { problem } from '../../lib/contract/problem';
import { errorCodes, type ErrorCode } from '../../lib/domain/error';
import { frameworks, mount } from './fixtures/frameworks';
import { HttpBench } from './fixtures/http-bench';

const codes = Object.keys(errorCodes) as ErrorCode[];

function throwing(error: unknown, framework = frameworks[0]!): HttpBench {
  return new HttpBench({
    framework,
    routes: (app) =>
      mount(app, '/fails', () => {
        throw error;
      }),
  });
}

describe.each(codes)('A53: %s', (code) => {
  test('is answered as a problem with its status and headers', async () => {
    const error = new SessionError(code, { detail: 'what happened', reason: 'admin', field: 'name' });
    const answer = await throwing(error).browser().post('/fails');
    const { status, title } = errorCodes[code];
    expect(answer.status).toBe(status);
    expect(answer.get('Content-Type')).toBe('application/problem+json');
    expect(problem.parse(answer.body)).toMatchObject({
      code,
      status,
      title,
      type: `urn:sessionkeeper:problem:${code}`,
    });
    expect(answer.get('Cache-Control')).toBe('no-store');
    expect(answer.get('X-Content-Type-Options')).toBe('nosniff');
    // A51, A55
    expect(answer.get('WWW-Authenticate') !== undefined).toBe(status === 401);
    expect(answer.get('Retry-After') !== undefined).toBe(status === 503 || status === 429);
    // A53: the inside of this process stays inside
    expect('detail' in (answer.body as object)).toBe(status !== 500);
  });
});

describe.each(frameworks)('problemHandler on $name', (framework) => {
  test('hands other errors on', async () => {
    const answer = await throwing(new TypeError('not ours'), framework).browser().post('/fails').expect(500);
    expect(answer.text).toBe('unhandled: not ours');
  });

  test('hands on what is no error at all', async () => {
    expect((await throwing('text', framework).browser().post('/fails').expect(500)).text).toBe('unhandled: string');
  });

  test('knows the errors of a second copy of the library in the same process', async () => {
    class SessionErrorOfAnotherCopy extends Error {
      override readonly name = 'SessionError';
      readonly code = 'session_revoked';
      readonly status = 401;
      readonly title = 'The session was ended';
      readonly headers = {};
    }
    const answer = await throwing(new SessionErrorOfAnotherCopy(), framework).browser().post('/fails').expect(401);
    expect(answer.body).toMatchObject({ code: 'session_revoked' });
  });

  test('does not take any error with that name for one of its own', async () => {
    const error = Object.assign(new Error('odd'), { name: 'SessionError', code: 'toString' });
    expect((await throwing(error, framework).browser().post('/fails').expect(500)).text).toBe('unhandled: odd');
  });
});

test('an answer that has begun is left to the framework', () => {
  const next = jest.fn();
  const error = new SessionError('no_session');
  problemHandler()(error, {} as never, { headersSent: true } as never, next);
  expect(next).toHaveBeenCalledWith(error);
});

test('B24: nothing that the caller sent gets into a header', async () => {
  const hostile = 'x\r\nSet-Cookie: a=b';
  const error = new SessionError('session_revoked', { detail: hostile, reason: hostile, field: hostile });
  const answer = await throwing(error).browser().post('/fails').expect(401);
  expect(answer.get('Set-Cookie')).toBeUndefined();
  expect(JSON.stringify(answer.headers)).not.toContain('a=b');
});

test.each([
  ['Express 5', express],
  ['Express 4', express4],
])('A51: without problemHandler, %s sends the challenge itself', async (_name, create) => {
  const app = (create as typeof express)();
  app.set('env', 'test');
  app.get('/', (_req, _res, next) => next(new SessionError('session_revoked')));
  const answer = await request(app).get('/').expect(401);
  expect(answer.get('WWW-Authenticate')).toBe('Bearer error="invalid_token"');
});

describe.each([
  ['Express 5', express],
  ['Express 4', express4],
])('a body that the parsers of %s refuse', (_name, create) => {
  const make = create as typeof express;
  const app = make();
  app.use('/json', make.json({ limit: 100 }));
  app.use('/form', make.urlencoded({ extended: true, parameterLimit: 2 }));
  app.use(
    '/verified',
    make.json({
      verify: () => {
        throw new Error('bad signature');
      },
    }),
  );
  app.use((_req, res) => void res.end('parsed'));
  app.use(problemHandler());
  app.use(
    ((error: Error, _req, res, _next) =>
      void res.status(500).end(`unhandled: ${error.message}`)) as express.ErrorRequestHandler,
  );

  const json = { 'Content-Type': 'application/json' };
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

  test.each([
    ['malformed', '/json', json, '{"password":hunter2}', 'request_invalid'],
    ['too large', '/json', json, JSON.stringify('hunter2'.repeat(50)), 'payload_too_large'],
    [
      'compressed in an unknown way',
      '/json',
      { ...json, 'Content-Encoding': 'hunter2' },
      '{}',
      'unsupported_media_type',
    ],
    ['compressed and corrupt', '/json', { ...json, 'Content-Encoding': 'gzip' }, 'hunter2', 'request_invalid'],
    [
      'in an unknown charset',
      '/json',
      { 'Content-Type': 'application/json; charset=hunter2' },
      '{}',
      'unsupported_media_type',
    ],
    ['of too many parameters', '/form', form, 'a=hunter2&b=2&c=3', 'payload_too_large'],
  ] as const)(
    'as %s is answered as a problem that repeats nothing of it',
    async (_how, path, headers, body, code) => {
      const answer = await request(app).post(path).set(headers).send(body);
      expect(answer.get('Content-Type')).toBe('application/problem+json');
      expect(problem.parse(answer.body)).toMatchObject({ code, status: errorCodes[code].status });
      expect(answer.status).toBe(errorCodes[code].status);
      expect(answer.text.toLowerCase()).not.toContain('hunter2');
      expect(answer.text).not.toContain('node_modules');
    },
  );

  test('on grounds of its own goes on to the next error handler', async () => {
    const answer = await request(app).post('/verified').set(json).send('{}').expect(500);
    expect(answer.text).toBe('unhandled: bad signature');
  });
});

test.each([
  ['a type it does not know', { type: 'toString', status: 400, expose: true }],
  ['another status than that type has', { type: 'entity.too.large', status: 500, expose: true }],
  ['a message that is not for callers', { type: 'entity.parse.failed', status: 400, expose: false }],
])('an error with %s is not taken for a body parser’s', async (_name, members) => {
  const error = Object.assign(new Error('odd'), members);
  expect((await throwing(error).browser().post('/fails').expect(500)).text).toBe('unhandled: odd');
});
