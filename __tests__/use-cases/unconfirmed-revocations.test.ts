import { setTimeout as pause } from 'node:timers/promises';
import type { SessionEvents } from '../../lib/events/catalogue';
import type { SessionManager } from '../../lib/session-manager';
import { listenTo, namesOf, SessionBench, type SignedIn, signedIn } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';

// The pauses between the repeats take minutes: here they are noted and over at once.
jest.mock('node:timers/promises', () => ({
  ...jest.requireActual<object>('node:timers/promises'),
  setTimeout: jest.fn(async (_: number, value: unknown, { signal }: { signal?: AbortSignal } = {}) => {
    await new Promise(setImmediate);
    signal?.throwIfAborted();
    return value;
  }),
}));

const pauses = jest.mocked(pause);

type Verb = 'revoke' | 'revokeAll' | 'retire' | 'rekey' | 'trim' | 'disown';

/** The next so many answers of a verb say that replicas did not confirm; gives the commands. */
function leaveUnconfirmed(bench: SessionBench, verb: Verb, times = 1): unknown[] {
  const commands: unknown[] = [];
  for (let time = 0; time < times; time++) {
    bench.store.interceptNext(verb, async (proceed, command) => {
      commands.push(command);
      return { ...((await proceed()) as object), durable: false };
    });
  }
  return commands;
}

function told<Name extends 'revocation.confirmed' | 'background.failed'>(
  sessions: SessionManager,
  name: Name,
): Promise<SessionEvents[Name]> {
  return new Promise((resolve) => sessions.on(name, resolve));
}

describe.each(storeKinds)('a revocation that replicas did not confirm, on $name', (kind) => {
  let bench: SessionBench;
  let sessions: SessionManager;
  let user: SignedIn;
  beforeEach(async () => {
    bench = new SessionBench(kind);
    sessions = bench.open({ limit: { max: 1 } });
    user = await signedIn(sessions);
    pauses.mockClear();
  });
  afterEach(async () => {
    // Ends what is still being repeated.
    await sessions.close();
    await bench.close();
  });

  const deeds: [string, Verb, string[], boolean, () => Promise<unknown>][] = [
    ['revoke', 'revoke', ['session.ended'], true, () => sessions.revoke(user.session.id)],
    ['revokeToken', 'revoke', ['session.ended'], true, () => sessions.revokeToken(user.tokens.accessToken)],
    [
      'revokeToken of one token',
      'retire',
      ['token.revoked'],
      true,
      () => sessions.revokeToken(user.tokens.refreshToken, { scope: 'token' }),
    ],
    ['reissue', 'rekey', ['session.reissued'], true, () => sessions.reissue(user.session.id)],
    ['revokeAll', 'revokeAll', ['sessions.ended'], false, () => sessions.revokeAll(user.userId)],
    ['revokeUntrusted', 'revokeAll', ['sessions.ended'], false, () => sessions.revokeUntrusted(user.userId)],
  ];

  test.each(deeds)(
    'B4 %s says so, tells of it and is repeated until they do',
    async (_, verb, names, isOne, deed) => {
      const heard = listenTo(sessions);
      const done = told(sessions, 'revocation.confirmed');
      const commands = leaveUnconfirmed(bench, verb, 3);
      expect(await deed()).toMatchObject({ durable: false });
      const about = { userId: user.userId, sessionId: isOne ? user.session.id : null };
      expect(await done).toEqual(about);
      const revocation = ['revocation.unconfirmed', 'revocation.confirmed'];
      expect(namesOf(heard).filter((name) => !name.startsWith('revocation'))).toEqual(names);
      expect(heard.filter(({ name }) => name.startsWith('revocation'))).toEqual(
        revocation.map((name) => ({ name, event: about })),
      );
      // the same command each time: its first time, its attempt, its keys
      const [first, ...repeats] = commands.map((command) => ({ ...(command as object), notAfter: 0 }));
      expect(repeats).toEqual([first, first]);
      expect(pauses.mock.calls.map(([milliseconds]) => milliseconds)).toEqual([100, 200, 400]);
      expect(bench.store.calls.filter((name) => name === verb)).toHaveLength(4);
      // one deed, one entry, however often it was repeated
      const { data } = await sessions.history(user.userId);
      expect(data).toHaveLength(2);
    },
  );

  test('B4 the events of what ended say that it is not durable', async () => {
    const heard = listenTo(sessions);
    leaveUnconfirmed(bench, 'revoke');
    await sessions.revoke(user.session.id);
    leaveUnconfirmed(bench, 'revokeAll');
    await sessions.revokeAll(user.userId);
    const ended = heard.filter(({ name }) => /^sessions?\.ended$/.test(name));
    expect(ended).toMatchObject([{ event: { durable: false } }, { event: { durable: false } }]);
  });

  test('B4 trimming says so too', async () => {
    await signedIn(bench.open(), { userId: user.userId });
    const done = told(sessions, 'revocation.confirmed');
    leaveUnconfirmed(bench, 'trim');
    expect(await sessions.limits.trim(user.userId)).toEqual({ status: 'ended', count: 1, durable: false });
    expect(await done).toEqual({ userId: user.userId, sessionId: null });
  });

  test('B4 disowning a sign-in says so too, and is repeated with its first time and attempt', async () => {
    const link = await sessions.disowning.issue(user.session.id);
    if (link.status !== 'issued') throw new Error(link.status);
    const heard = listenTo(sessions);
    const done = told(sessions, 'revocation.confirmed');
    const commands = leaveUnconfirmed(bench, 'disown', 2);
    expect(await sessions.disowning.disown(link.token)).toMatchObject({ ended: 1, durable: false });
    expect(await done).toEqual({ userId: user.userId, sessionId: null });
    const [first, second] = commands.map((command) => ({ ...(command as object), notAfter: 0 }));
    expect(second).toEqual(first);
    expect(heard.find(({ name }) => name === 'sign-in.disowned')).toMatchObject({ event: { durable: false } });
    expect(namesOf(heard).filter((name) => name === 'sign-in.disowned')).toHaveLength(1);
    expect((await sessions.history(user.userId)).data).toHaveLength(3);
  });

  test('B4 ended again by its token, a session that replicas may not know of is not called durable', async () => {
    leaveUnconfirmed(bench, 'revoke', 3);
    expect(await sessions.revoke(user.session.id)).toMatchObject({ durable: false });
    expect(await sessions.revokeToken(user.tokens.accessToken)).toMatchObject({ status: 'ended', durable: false });
  });

  test('B4 new tokens that a failover lost are good again after the repeat, and the old ones are not', async () => {
    const done = told(sessions, 'revocation.confirmed');
    bench.store.interceptNext('rekey', async (proceed, command) => {
      const outcome = (await proceed()) as { record: { id: string } };
      // as if the store had never heard of it
      bench.store.interceptNext('rekey', async (again, repeated) => {
        expect(repeated).toMatchObject({ keys: (command as { keys: object }).keys });
        return again();
      });
      return { ...outcome, durable: false };
    });
    const outcome = await sessions.reissue(user.session.id);
    await done;
    if (outcome.status !== 'reissued') throw new Error(outcome.status);
    expect(await sessions.verify(outcome.tokens.accessToken)).toMatchObject({ status: 'active' });
    expect(await sessions.verify(user.tokens.accessToken)).toMatchObject({ status: 'invalid' });
  });

  test('faults in between are told, and it goes on', async () => {
    const heard = listenTo(sessions);
    const done = told(sessions, 'revocation.confirmed');
    leaveUnconfirmed(bench, 'revoke');
    bench.store.failNext('revoke', 2);
    await sessions.revoke(user.session.id);
    await done;
    expect(heard.filter(({ name }) => name === 'background.failed')).toMatchObject([
      { event: { operation: 'confirm-revocation', final: false } },
      { event: { operation: 'confirm-revocation', final: false } },
    ]);
  });

  test('what something later has overtaken is let go', async () => {
    const heard = listenTo(sessions);
    leaveUnconfirmed(bench, 'retire');
    const repeated = new Promise<unknown>((resolve) => {
      bench.store.interceptNext('retire', async (proceed) => {
        await sessions.revoke(user.session.id);
        const outcome = await proceed();
        resolve(outcome);
        return outcome;
      });
    });
    await sessions.revokeToken(user.tokens.refreshToken, { scope: 'token' });
    expect(await repeated).toEqual({ status: 'missing' });
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    expect(namesOf(heard)).toEqual(['token.revoked', 'revocation.unconfirmed', 'session.ended']);
    expect(pauses).toHaveBeenCalledTimes(1);
  });

  test('gives up after some five minutes, and says so', async () => {
    const failed = told(sessions, 'background.failed');
    leaveUnconfirmed(bench, 'revoke', 100);
    await sessions.revoke(user.session.id);
    expect(await failed).toMatchObject({ operation: 'confirm-revocation', final: true });
    const total = pauses.mock.calls.reduce((sum, [milliseconds]) => sum + (milliseconds ?? 0), 0);
    expect(total).toBeGreaterThan(4 * 60_000);
    expect(total).toBeLessThan(6 * 60_000);
  });

  test('the pauses keep no process alive, and end when the manager closes', async () => {
    const failed = told(sessions, 'background.failed');
    leaveUnconfirmed(bench, 'revoke', 100);
    await sessions.revoke(user.session.id);
    expect(pauses.mock.calls[0]![2]).toMatchObject({ ref: false });
    await sessions.close();
    expect(await failed).toMatchObject({ operation: 'confirm-revocation', final: true });
    expect(bench.store.calls.filter((name) => name === 'revoke')).toHaveLength(1);
  });

  test('A79 no more than a thousand are repeated at a time; one that is left out is told', async () => {
    const heard = listenTo(sessions);
    // None of them comes to an end meanwhile.
    const usual = pauses.getMockImplementation()!;
    pauses.mockImplementation(() => new Promise(() => undefined));
    leaveUnconfirmed(bench, 'revoke', 1_001);
    for (let count = 0; count < 1_001; count++) await sessions.revoke(user.session.id);
    pauses.mockImplementation(usual);
    expect(namesOf(heard).filter((name) => name === 'revocation.unconfirmed')).toHaveLength(1_001);
    expect(heard.filter(({ name }) => name === 'background.failed')).toMatchObject([
      { event: { operation: 'confirm-revocation', final: true, error: { code: 'store_unavailable' } } },
    ]);
  });
});
