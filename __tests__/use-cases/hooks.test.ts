import { SessionManager } from '../../lib';
import { rejectionOf } from '../fixtures/refusal-of';
import { listenTo } from '../fixtures/session-bench';

let sessions: SessionManager;
let warnings: jest.SpyInstance;
beforeEach(() => (warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined)));
afterEach(() => {
  warnings.mockRestore();
  return sessions.close();
});

const open = (options: object): SessionManager => (sessions = new SessionManager(options));
const fails = async (): Promise<unknown> =>
  rejectionOf(sessions.create({ userId: 'alice', startedAt: await sessions.now() }));

// First: a function's failure is told once a process.
test('what fails is told on stderr once for each function, though an event tells of each time', async () => {
  open({
    credentialsChangedAt: () => Promise.reject(new Error('the directory is down')),
  });
  const heard = listenTo(sessions);
  for (let count = 0; count < 3; count++) await fails();
  await sessions.close();
  open({ limit: { forUser: () => 'as many as they like' } });
  await fails();
  expect(heard).toHaveLength(3);
  const options = { type: 'SessionkeeperWarning', code: 'SESSIONKEEPER_HOOK_FAILED' };
  expect(warnings.mock.calls).toEqual([
    [expect.stringMatching(/^credentialsChangedAt failed.*: Error: the directory is down$/), options],
    [
      expect.stringMatching(/^limit\.forUser failed.*: TypeError: limit\.forUser gave text of 20 characters: /),
      options,
    ],
  ]);
});

const time = 'expected milliseconds since 1970, or null for never';
const ownLimit = 'expected a whole number from 1 to 1,000,000, or null for none of their own';

test.each<[hook: string, options: object, problem: string]>([
  ['credentialsChangedAt', { credentialsChangedAt: () => new Date() }, `a Date: ${time}`],
  ['credentialsChangedAt', { credentialsChangedAt: () => '2026-01-31' }, `text of 10 characters: ${time}`],
  ['credentialsChangedAt', { credentialsChangedAt: () => NaN }, `NaN: ${time}`],
  ['credentialsChangedAt', { credentialsChangedAt: () => -1 }, `a number below 0: ${time}`],
  ['limit.forUser', { limit: { forUser: () => undefined } }, `undefined: ${ownLimit}`],
  ['limit.forUser', { limit: { forUser: () => 1.5 } }, `a number with a fraction: ${ownLimit}`],
  ['limit.forUser', { limit: { forUser: () => [2] } }, `an array: ${ownLimit}`],
])(
  'what is wrong with what %s gives is told by its kind, never by its value: %j',
  async (hook, options, problem) => {
    open(options);
    const heard = listenTo(sessions);
    await fails();
    expect(heard).toMatchObject([
      { name: 'hook.failed', event: { hook, error: { message: `${hook} gave ${problem}` } } },
    ]);
  },
);

test.each([
  [7, 'a number: expected an array of ids of sessions'],
  [[{ id: 'x' }], 'an array with an object in it: expected an array of ids of sessions'],
])('so is what limit.onExceeded prefers: %j', async (given, problem) => {
  open({ limit: { max: 1, onExceeded: () => given } });
  await sessions.create({ userId: 'alice' });
  const heard = listenTo(sessions);
  await fails();
  expect(heard).toMatchObject([{ event: { error: { message: `limit.onExceeded gave ${problem}` } } }]);
});

test('and what impersonation.mayImpersonate answers', async () => {
  open({ impersonation: { mayImpersonate: () => 'yes' } });
  const heard = listenTo(sessions);
  const actor = { id: 'ann', scopes: ['impersonate'] as const };
  await rejectionOf(sessions.impersonation.start({ actor, userId: 'alice', reason: 'ticket 4711' }));
  const problem = 'text of 3 characters: expected true, false, or null where there is no such user';
  expect(heard).toMatchObject([{ event: { error: { message: `impersonation.mayImpersonate gave ${problem}` } } }]);
});
