import {
  adminRouter,
  enforceSessionLimit,
  forceLogoutOnPasswordChange,
  loginGuard,
  requireOneTimeToken,
  requireRecentLogin,
  requireSession,
  SessionManager,
  sessionRouter,
} from '../../lib';
import { refusalOf } from '../fixtures/refusal-of';

type Factory = (sessions: never) => unknown;

const factories: readonly (readonly [name: string, make: Factory])[] = [
  ['requireSession', (sessions) => requireSession(sessions)],
  ['requireRecentLogin', (sessions) => requireRecentLogin(sessions, { within: '5m' })],
  ['enforceSessionLimit', (sessions) => enforceSessionLimit(sessions, { max: 1 })],
  ['forceLogoutOnPasswordChange', (sessions) => forceLogoutOnPasswordChange(sessions)],
  ['loginGuard', (sessions) => loginGuard(sessions, { account: () => 'alice' })],
  ['requireOneTimeToken', (sessions) => requireOneTimeToken(sessions, { purpose: 'registration' })],
  ['sessionRouter', (sessions) => sessionRouter(sessions)],
  ['adminRouter', (sessions) => adminRouter(sessions, { authorize: () => null })],
];

const notManagers: readonly (readonly [what: unknown, shown: string])[] = [
  [undefined, 'undefined'],
  [null, 'null'],
  [{}, 'an object'],
  [{ store: 'memory' }, 'an object'],
  [SessionManager, 'a function'],
];

describe.each(factories)('%s', (name, make) => {
  test.each(notManagers)('takes %p for no manager, and says so at once', (given, shown) => {
    expect(refusalOf(() => make(given as never))).toMatchObject({
      code: 'options_invalid',
      detail: `${name}: expected a SessionManager first, got ${shown}`,
    });
  });

  test('knows a manager by what it can do: that of the other build has another class', async () => {
    const sessions = new SessionManager();
    const { verify, settings, ...rest } = Object.fromEntries(
      ['verify', 'settings', 'now', 'lockout', 'fleet', 'access', 'oneTimeTokens'].map((member) => [
        member,
        sessions[member as 'verify'] as unknown,
      ]),
    );
    expect(() => make({ verify, settings, ...rest } as never)).not.toThrow();
    await sessions.close();
  });
});
