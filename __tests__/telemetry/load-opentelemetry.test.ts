import { SessionManager } from '../../lib/session-manager';
import { refusalOf } from '../fixtures/refusal-of';

beforeEach(() => {
  jest.doMock('@opentelemetry/api', () => {
    throw new Error("Cannot find module '@opentelemetry/api'");
  });
});

afterEach(() => jest.dontMock('@opentelemetry/api').restoreAllMocks());

test('without the package one line says what to install, and no store is opened that nobody would close', () => {
  // It warns of the store that it opens here.
  jest.replaceProperty(process, 'env', { NODE_ENV: 'production' });
  const warned = jest.spyOn(process, 'emitWarning').mockImplementation();
  expect(refusalOf(() => new SessionManager({ telemetry: true }))).toMatchObject({
    code: 'options_invalid',
    message:
      "telemetry: needs the package '@opentelemetry/api', which is not installed: npm install @opentelemetry/api",
  });
  expect(warned).not.toHaveBeenCalled();
});

test('who brings a tracer of their own needs no package', async () => {
  const tracer = { startActiveSpan: jest.fn() };
  const sessions = new SessionManager({ telemetry: { tracer } });
  expect(Object.hasOwn(sessions, 'verify')).toBe(true);
  await sessions.close();
});
