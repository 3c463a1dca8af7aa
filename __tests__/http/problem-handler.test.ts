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
    expect(answer.get('Retry-After') !== undefined).toBe(status === 503);
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
