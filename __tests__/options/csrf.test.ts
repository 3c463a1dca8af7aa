import { readCsrf } from '../../lib/options/csrf';
import { refusalOf } from '../fixtures/refusal-of';

const messageFor = (input: unknown): string => refusalOf(() => readCsrf(input)).message;

test('the check is on, with no origins but our own, unless it is turned off', () => {
  expect(readCsrf(undefined)).toEqual({ allowedOrigins: new Set() });
  expect(readCsrf({})).toEqual({ allowedOrigins: new Set() });
  expect(readCsrf(false)).toBe(false);
});

test('origins are taken as browsers send them', () => {
  const allowedOrigins = ['https://app.example.com', 'http://localhost:3000'];
  expect(readCsrf({ allowedOrigins })).toEqual({ allowedOrigins: new Set(allowedOrigins) });
});

test.each([
  ...['https://app.example.com/', 'https://app.example.com/path', 'app.example.com', 'https://App.example.com'],
  ...['https://app.example.com:443', '*', 'https://*.example.com', 'null', '', 'https://a@example.com'],
  ...[null, 1, {}],
])('%p is no origin', (origin) => {
  expect(messageFor({ allowedOrigins: [origin] })).toContain(
    "csrf.allowedOrigins: expected origins such as 'https://app.example.com', without a path, got ",
  );
});

test.each([true, null, 'off', ['https://app.example.com']])('csrf: %p is refused', (input) => {
  expect(messageFor(input)).toContain('csrf: expected an object, got ');
});

test('origins must be an array, and unknown names are refused', () => {
  expect(messageFor({ allowedOrigins: 'https://app.example.com' })).toContain(
    'csrf.allowedOrigins: expected an array',
  );
  expect(messageFor({ allowedOrigin: [] })).toContain("did you mean 'allowedOrigins'?");
});

test('the settings are frozen and apart from what was given', () => {
  const allowedOrigins = ['https://app.example.com'];
  const settings = readCsrf({ allowedOrigins });
  allowedOrigins.push('https://evil.example');
  expect(settings).toEqual({ allowedOrigins: new Set(['https://app.example.com']) });
  expect(Object.isFrozen(settings)).toBe(true);
});
