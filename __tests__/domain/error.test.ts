import { type ErrorCode, errorCodes, SessionError } from '../../lib/domain/error';

const codes = Object.keys(errorCodes) as ErrorCode[];

test.each(codes)('%s carries the status and the title of the table', (code) => {
  const error = new SessionError(code);
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: 'SessionError', code, ...errorCodes[code], message: errorCodes[code].title });
  expect(Object.keys(error)).not.toEqual(expect.arrayContaining(['cause', 'detail', 'reason', 'field']));
});

test('A55 503 carries Retry-After and no other status does', () => {
  for (const code of codes) {
    const expected = errorCodes[code].status === 503 ? { 'Retry-After': '1' } : {};
    expect(new SessionError(code).headers).toEqual(expected);
  }
  expect(new SessionError('store_unavailable', { retryAfterSeconds: 30 }).headers).toEqual({ 'Retry-After': '30' });
});

test('the detail is the message; reason, field and cause are kept', () => {
  const cause = new Error('below');
  const error = new SessionError('request_invalid', { detail: 'a: b', field: 'a', reason: 'risk', cause });
  expect(error).toMatchObject({ message: 'a: b', detail: 'a: b', field: 'a', reason: 'risk', cause });
});

test('no code has two names for one status and title', () => {
  expect(new Set(Object.values(errorCodes).map(({ title }) => title)).size).toBe(codes.length);
});
