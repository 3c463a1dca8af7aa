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
    const expected = errorCodes[code].status === 503 ? '1' : undefined;
    expect(new SessionError(code).headers['Retry-After']).toBe(expected);
  }
  expect(new SessionError('store_unavailable', { retryAfterSeconds: 30 }).headers).toEqual({ 'Retry-After': '30' });
});

test('A51 401 carries a challenge and no other status does; without a credential it names the scheme alone (A52)', () => {
  for (const code of codes) {
    const challenge = code === 'no_session' ? 'Bearer' : 'Bearer error="invalid_token"';
    const expected = errorCodes[code].status === 401 ? challenge : undefined;
    expect(new SessionError(code).headers['WWW-Authenticate']).toBe(expected);
  }
});

test('the detail is the message; reason, field and cause are kept', () => {
  const cause = new Error('below');
  const error = new SessionError('request_invalid', { detail: 'a: b', field: 'a', reason: 'risk', cause });
  expect(error).toMatchObject({ message: 'a: b', detail: 'a: b', field: 'a', reason: 'risk', cause });
});

test('no code has two names for one status and title', () => {
  expect(new Set(Object.values(errorCodes).map(({ title }) => title)).size).toBe(codes.length);
});
