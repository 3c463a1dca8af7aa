import { inspect } from 'node:util';
import { type ErrorCode, errorCodes, SessionError } from '../../lib/domain/error';

const codes = Object.keys(errorCodes) as ErrorCode[];

test.each(codes)('%s carries the status and the title of the table', (code) => {
  const error = new SessionError(code);
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({ name: 'SessionError', code, ...errorCodes[code], message: errorCodes[code].title });
  expect(Object.keys(error)).not.toEqual(expect.arrayContaining(['cause', 'detail', 'reason', 'field']));
});

test('A55 429 and 503 carry Retry-After and no other status does', () => {
  for (const code of codes) {
    const expected = [429, 503].includes(errorCodes[code].status) ? '1' : undefined;
    expect(new SessionError(code).headers['Retry-After']).toBe(expected);
  }
  expect(new SessionError('store_unavailable', { retryAfterSeconds: 30 }).headers).toEqual({ 'Retry-After': '30' });
});

const challenges: Partial<Record<ErrorCode, string>> = {
  no_session: 'Bearer',
  step_up_required: 'Bearer error="insufficient_user_authentication", max_age="900"',
  login_required: 'Bearer error="insufficient_user_authentication", max_age="900"',
};

test('A51 401 carries a challenge and no other status does; without a credential it names the scheme alone (A52)', () => {
  for (const code of codes) {
    const challenge = challenges[code] ?? 'Bearer error="invalid_token"';
    const expected = errorCodes[code].status === 401 ? challenge : undefined;
    expect(new SessionError(code, { maxAgeSeconds: 900 }).headers['WWW-Authenticate']).toBe(expected);
  }
});

test('A65 further members of the body are read, and never logged', () => {
  const error = new SessionError('session_limit_reached', { extensions: { resolutionToken: 'sot_secret' } });
  expect(error.extensions).toEqual({ resolutionToken: 'sot_secret' });
  expect(inspect(error, { showHidden: true, depth: 9 }) + JSON.stringify(error)).not.toContain('sot_secret');
});

test('the detail is the message; reason, field and cause are kept', () => {
  const cause = new Error('below');
  const error = new SessionError('request_invalid', { detail: 'a: b', field: 'a', reason: 'risk', cause });
  expect(error).toMatchObject({ message: 'a: b', detail: 'a: b', field: 'a', reason: 'risk', cause });
});

test('no code has two names for one status and title', () => {
  expect(new Set(Object.values(errorCodes).map(({ title }) => title)).size).toBe(codes.length);
});
