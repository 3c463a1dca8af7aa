import type { SessionManager } from '../../lib/session-manager';
import { elsewhere, fail, guess, guesses, succeed } from '../fixtures/guesses';
import { rejectionOf } from '../fixtures/refusal-of';
import { laptop, listenTo, namesOf, SessionBench, signedIn } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';

const second = 1_000;
const minute = 60 * second;
const admin = { type: 'admin', id: 'eve' } as const;

describe.each(storeKinds)('lockout on $name', (kind) => {
  let bench: SessionBench;
  let sessions: SessionManager;
  let account: string;
  beforeEach(() => {
    bench = new SessionBench(kind);
    sessions = bench.open();
    account = bench.newUser();
  });
  afterEach(() => bench.close());

  /** Waits out each delay, until so many failures are counted. */
  async function failTimes(count: number, on = sessions): Promise<void> {
    for (let failed = 0; failed < count;) {
      const wait = await guess(on, account, elsewhere());
      if (wait === 0) failed += 1;
      else bench.time.advance(wait * second);
    }
  }

  const until = (milliseconds: number): string => new Date(bench.time.now() + milliseconds).toISOString();

  test('A68 three failures pass, then each doubles the wait', async () => {
    expect(await guesses(sessions, 4, account)).toEqual([0, 0, 0, 0]);
    for (const wait of [1, 2, 4, 8, 16]) {
      expect(await guess(sessions, account, elsewhere())).toBe(wait);
      bench.time.advance(wait * second - 1);
      expect(await guess(sessions, account, elsewhere())).toBe(1);
      bench.time.advance(1);
      expect(await guess(sessions, account, elsewhere())).toBe(0);
    }
  });

  test('A68 A41 the tenth suspends the account, which is audited, emitted, and over after a quarter of an hour', async () => {
    const heard = listenTo(sessions);
    await failTimes(9);
    bench.time.advance(minute);
    expect(await sessions.lockout.state(account)).toMatchObject({ status: 'open', failures: 9, until: null });
    expect(heard).toEqual([]);

    const attacker = elsewhere();
    expect(await guess(sessions, account, attacker)).toBe(0);
    const end = until(15 * minute);
    expect(await sessions.lockout.state(account)).toEqual({
      account,
      status: 'suspended',
      failures: 10,
      until: end,
    });
    expect(heard).toEqual([
      {
        name: 'account.locked',
        event: { account, scope: 'account', status: 'suspended', failures: 10, until: Date.parse(end) },
      },
    ]);
    expect((await sessions.lockout.history(account)).data).toMatchObject([
      { event: 'account_locked', actor: { type: 'system' }, sessionId: null, reason: 'account', ip: attacker.ip },
    ]);

    expect(await guess(sessions, account, elsewhere())).toBe(900);
    bench.time.advance(15 * minute);
    expect(await sessions.lockout.state(account)).toMatchObject({ status: 'open', failures: 10 });
    expect(await guess(sessions, account, elsewhere())).toBe(0);
    expect(await guess(sessions, account, elsewhere())).toBe(900);
    expect(heard).toHaveLength(2);
  });

  test('A68 blocks until it is unlocked where that is the action', async () => {
    const strict = bench.open({ lockout: { action: 'block', maxFailures: 2 } });
    const heard = listenTo(strict);
    await failTimes(2, strict);
    bench.time.advance(365 * 24 * 60 * minute);
    expect(await guess(strict, account, elsewhere())).toBe(3_600);
    expect(await strict.lockout.state(account)).toEqual({ account, status: 'blocked', failures: 2, until: null });
    expect(heard).toMatchObject([{ event: { status: 'blocked', failures: 2, until: null } }]);

    expect(await strict.lockout.unlock(account)).toEqual({ status: 'unlocked' });
    expect(await guess(strict, account, elsewhere())).toBe(0);
  });

  test('a refusal is a too_many_attempts that says when to come again, and counts nothing', async () => {
    await guesses(sessions, 4, account);
    const outcome = await sessions.lockout.check({ account, client: elsewhere() });
    expect(outcome).toMatchObject({ status: 'refused', retryAfterSeconds: 1 });
    expect(outcome).toMatchObject({
      error: { code: 'too_many_attempts', status: 429, headers: { 'Retry-After': '1' } },
    });
    expect(await sessions.lockout.state(account)).toMatchObject({
      status: 'delayed',
      failures: 4,
      until: until(1_000),
    });
  });

  test('A69 a success forgets the failures of the account, whatever address they came from', async () => {
    const here = elsewhere();
    for (let failed = 0; failed < 4; failed++) {
      await fail(sessions, account, here);
    }
    bench.time.advance(second);
    await succeed(sessions, account, here);
    expect(await sessions.lockout.state(account)).toEqual({ account, status: 'open', failures: 0, until: null });
    expect(await guesses(sessions, 4, account, () => here)).toEqual([0, 0, 0, 0]);
  });

  test('A69 five failures from one address hold the account there and nowhere else', async () => {
    const here = elsewhere();
    for (let failed = 0; failed < 5; failed++) {
      bench.time.advance(10 * second);
      expect(await guess(sessions, account, here)).toBe(0);
    }
    bench.time.advance(10 * second);
    expect(await guess(sessions, account, here)).toBe(890);
    expect(await guess(sessions, bench.newUser(), here)).toBe(0);
    expect(await guess(sessions, account, elsewhere())).toBe(0);
  });

  test('A69 a hundred failures from one address hold it for every account, and for none', async () => {
    const few = bench.open({ lockout: { maxFailuresPerAddress: 6 } });
    const here = elsewhere();
    for (let failed = 0; failed < 6; failed++) expect(await guess(few, bench.newUser(), here)).toBe(0);
    expect(await guess(few, bench.newUser(), here)).toBe(900);
    expect(await guess(few, undefined, here)).toBe(900);
    expect(await guess(few, bench.newUser(), elsewhere())).toBe(0);
  });

  test('A69 an address begins anew an hour after its first failure', async () => {
    const few = bench.open({ lockout: { maxFailuresPerAddress: 3 } });
    const here = elsewhere();
    for (let failed = 0; failed < 6; failed++) {
      expect(await guess(few, bench.newUser(), here)).toBe(0);
      bench.time.advance(30 * minute);
    }
  });

  test('A69 a success counts for no address, and forgets none of its failures', async () => {
    const few = bench.open({ lockout: { maxFailuresPerAddress: 3 } });
    const here = elsewhere();
    for (let round = 0; round < 5; round++) await succeed(few, account, here);
    for (let failed = 0; failed < 2; failed++) {
      expect(await guess(few, bench.newUser(), here)).toBe(0);
      await succeed(few, account, here);
    }
    expect(await guess(few, bench.newUser(), here)).toBe(0);
    expect(await guess(few, account, here)).toBe(900);
  });

  test('A69 from an address that is held nothing is counted on an account, nor on its history', async () => {
    const few = bench.open({ lockout: { maxFailuresPerAddress: 1, maxFailures: 1 } });
    const heard = listenTo(few);
    const here = { ...elsewhere(), deviceId: 'forged' };
    expect(await guess(few, undefined, here)).toBe(0);
    for (let tried = 0; tried < 5; tried++) expect(await guess(few, account, here)).toBe(900);
    expect(await few.lockout.state(account)).toMatchObject({ status: 'open', failures: 0 });
    expect((await few.lockout.history(account)).data).toEqual([]);
    expect(heard).toEqual([]);
  });

  test('an attempt refused for its account does not count for its address', async () => {
    const few = bench.open({ lockout: { maxFailuresPerAddress: 3 } });
    await guesses(few, 4, account);
    const here = elsewhere();
    for (let tried = 0; tried < 5; tried++) expect(await guess(few, account, here)).toBe(1);
    for (let failed = 0; failed < 3; failed++) expect(await guess(few, bench.newUser(), here)).toBe(0);
  });

  test('without an address only the account is counted, without an account only the address', async () => {
    expect(await guesses(sessions, 5, account, () => ({}))).toEqual([0, 0, 0, 0, 1]);
    expect(await guesses(sessions, 5, account, () => ({ ip: 'unknown' }))).toEqual([1, 1, 1, 1, 1]);
    const few = bench.open({ lockout: { maxFailuresPerAddress: 2 } });
    const here = elsewhere();
    for (const none of [undefined, '', '  ']) {
      expect(await guess(few, none, here)).toBe(none === '  ' ? 900 : 0);
    }
    expect(await guesses(few, 5, undefined, () => ({}))).toEqual([0, 0, 0, 0, 0]);
  });

  test('asking counts nothing, however often', async () => {
    await guesses(sessions, 3, account);
    for (let asked = 0; asked < 10; asked++) {
      expect(await sessions.lockout.check({ account, client: elsewhere() })).toEqual({ status: 'open' });
    }
    expect(await sessions.lockout.state(account)).toMatchObject({ status: 'open', failures: 3 });
  });

  test('A68 a failure that comes too late is refused as one that comes later, and counts for nobody', async () => {
    const few = bench.open({ lockout: { maxFailuresPerAddress: 2 } });
    const here = elsewhere();
    await guesses(few, 4, account);
    const late = await few.lockout.recordFailure({ account, client: here });
    expect(late).toEqual(await few.lockout.check({ account, client: here }));
    expect(late).toMatchObject({ status: 'refused', retryAfterSeconds: 1, error: { code: 'too_many_attempts' } });
    expect(await few.lockout.state(account)).toMatchObject({ failures: 4 });
    for (let failed = 0; failed < 2; failed++) expect(await guess(few, bench.newUser(), here)).toBe(0);
  });

  test('A69 a failure that comes too late for its address is refused', async () => {
    const few = bench.open({ lockout: { maxFailuresPerAddress: 2 } });
    const here = elsewhere();
    for (let failed = 0; failed < 2; failed++) await fail(few, bench.newUser(), here);
    const late = await few.lockout.recordFailure({ account, client: here });
    expect(late).toMatchObject({ status: 'refused', retryAfterSeconds: 900 });
  });

  test('A68 a right password that comes too late is refused as a wrong one, and changes nothing', async () => {
    await guesses(sessions, 4, account);
    const client = elsewhere('laptop');
    expect(await sessions.lockout.recordSuccess({ account, client })).toEqual(
      await sessions.lockout.recordFailure({ account, client }),
    );
    expect(await sessions.lockout.state(account)).toMatchObject({ status: 'delayed', failures: 4 });
    bench.time.advance(second);
    await guesses(sessions, 1, account);
    expect(await guess(sessions, account, elsewhere('laptop'))).toBe(2);
  });

  test('unlocking lifts the lock, tells who did it, and does nothing where there is none', async () => {
    const heard = listenTo(sessions);
    expect(await sessions.lockout.unlock(account, { actor: admin })).toEqual({ status: 'not-locked' });
    expect(heard).toEqual([]);
    await failTimes(10);
    expect(await sessions.lockout.unlock(` ${account.toUpperCase()} `, { actor: admin })).toEqual({
      status: 'unlocked',
    });
    expect(heard.at(-1)).toEqual({ name: 'account.unlocked', event: { account, actor: admin } });
    expect((await sessions.lockout.history(account)).data).toMatchObject([
      { event: 'account_unlocked', actor: admin },
      { event: 'account_locked' },
    ]);
    expect(await sessions.lockout.state(account)).toMatchObject({ status: 'open', failures: 0 });
    expect(await sessions.lockout.unlock(account)).toEqual({ status: 'not-locked' });
    expect(namesOf(heard)).toEqual(['account.locked', 'account.unlocked']);
  });

  test('A71 unlocking tells of failures that were forgotten, though they held nothing', async () => {
    const heard = listenTo(sessions);
    await guesses(sessions, 2, account);
    expect(await sessions.lockout.unlock(account, { actor: admin })).toEqual({ status: 'unlocked' });
    expect(heard).toEqual([{ name: 'account.unlocked', event: { account, actor: admin } }]);
    expect((await sessions.lockout.history(account)).data).toMatchObject([{ event: 'account_unlocked' }]);
    expect(await sessions.lockout.unlock(account)).toEqual({ status: 'not-locked' });
  });

  test('a success after mere delays leaves no trace in the history', async () => {
    await guesses(sessions, 4, account);
    bench.time.advance(second);
    await succeed(sessions, account, elsewhere());
    expect((await sessions.lockout.history(account)).data).toEqual([]);
  });

  test('A71 a lock ends no session', async () => {
    const { tokens } = await signedIn(sessions, { userId: account });
    await failTimes(10);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
    expect(await sessions.refresh(tokens.refreshToken, laptop)).toMatchObject({ status: 'rotated' });
  });

  test('without asking first the failures are bounded all the same', async () => {
    for (const failures of [1, 2, 3, 4]) {
      expect(await sessions.lockout.recordFailure({ account, client: laptop })).toEqual({ status: 'open' });
      expect(await sessions.lockout.state(account)).toMatchObject({ failures });
    }
    expect(await sessions.lockout.recordFailure({ account })).toMatchObject({ status: 'refused' });
    bench.time.advance(second);
    await sessions.lockout.recordSuccess({ account, client: laptop });
    expect(await sessions.lockout.state(account)).toMatchObject({ status: 'open', failures: 0 });
  });

  test('asking costs one round trip, each outcome two at most', async () => {
    const client = elsewhere();
    const { lockout } = sessions;
    const { callsDuring } = bench.store;
    expect(await callsDuring(() => lockout.check({ account, client }))).toEqual(['count', 'count']);
    expect(await callsDuring(() => lockout.check({ client }))).toEqual(['count']);
    expect(await callsDuring(() => lockout.recordFailure({ account, client }))).toEqual(['count', 'count']);
    expect(await callsDuring(() => lockout.recordFailure({ client }))).toEqual(['count']);
    const calls = await callsDuring(() => lockout.recordSuccess({ account, client }));
    expect(calls.toSorted()).toEqual(['count', 'count', 'findCounters', 'reset']);
    expect(calls.at(-1)).toBe('reset');
    await guesses(sessions, 4, account);
    // What is refused is asked again: a right guess would be told the same at that moment.
    const refused = await callsDuring(() => lockout.recordFailure({ account, client }));
    expect(refused).toEqual(['count', 'count', 'count']);
  });

  test.each([{ account: 5 }, { account: ['alice'] }, { account: {} }, { account: true }])(
    'B26 %j is no account and refused',
    async (input) => {
      const error = await rejectionOf(sessions.lockout.check(input as never));
      expect(error).toMatchObject({ code: 'request_invalid', field: 'account' });
    },
  );

  test.each([undefined, null, '', ' \n\t', 5, ['alice']])('the state of %j cannot be asked for', async (name) => {
    for (const call of [sessions.lockout.state(name as string), sessions.lockout.unlock(name as string)]) {
      expect(await rejectionOf(call)).toMatchObject({ code: 'request_invalid', field: 'account' });
    }
  });

  test('unknown names of arguments and unusable actors are refused', async () => {
    const { lockout } = sessions;
    const wrong: readonly (() => Promise<unknown>)[] = [
      () => lockout.check({ acount: 'alice' } as never),
      () => lockout.recordFailure({ account, device: 'd' } as never),
      () => lockout.recordFailure({ account }, { left: true } as never),
      () => lockout.recordSuccess({ account, device: 'd' } as never),
      () => lockout.recordSuccess({ account }, { device: 'd' } as never),
      () => lockout.unlock(account, { by: admin } as never),
    ];
    for (const call of wrong) expect(await rejectionOf(call())).toMatchObject({ code: 'options_invalid' });
    const actor = { type: 'robot' } as never;
    expect(await rejectionOf(sessions.lockout.unlock(account, { actor }))).toMatchObject({ field: 'actor' });
  });
});
