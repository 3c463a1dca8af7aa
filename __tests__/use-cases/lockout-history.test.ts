import type { SessionManager } from '../../lib/session-manager';
import { elsewhere, guesses } from '../fixtures/guesses';
import { rejectionOf } from '../fixtures/refusal-of';
import { SessionBench, signedIn } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';

const admin = { type: 'admin', id: 'eve' } as const;

describe.each(storeKinds)('the history of an account, on $name', (kind) => {
  let bench: SessionBench;
  let sessions: SessionManager;
  let account: string;
  beforeEach(() => {
    bench = new SessionBench(kind);
    sessions = bench.open({ lockout: { maxFailures: 1 } });
    account = bench.newUser();
  });
  afterEach(() => bench.close());

  const eventsIn = (entries: readonly { readonly event: string }[]): string[] => entries.map(({ event }) => event);

  test('A59 is not that of a user who is called alike, whatever guessers do', async () => {
    const named = [account, `account:${account}`, `sessionkeeper.account:${account}`];
    for (const userId of named) await signedIn(sessions, { userId });
    await guesses(sessions, 1, account);
    for (const userId of named) {
      expect(eventsIn((await sessions.history(userId)).data)).toEqual(['session_created']);
    }
    expect(eventsIn((await sessions.lockout.history(account)).data)).toEqual(['account_locked']);
  });

  test('is one for every spelling, and comes in pages', async () => {
    for (let round = 0; round < 2; round++) {
      await guesses(sessions, 1, account, elsewhere);
      await sessions.lockout.unlock(account, { actor: admin });
    }
    const first = await sessions.lockout.history(` ${account.toUpperCase()} `, { limit: 3 });
    expect(eventsIn(first.data)).toEqual(['account_unlocked', 'account_locked', 'account_unlocked']);
    expect(first.data[0]).toMatchObject({ actor: admin });
    const second = await sessions.lockout.history(account, { cursor: first.nextCursor!, limit: 3 });
    expect(eventsIn(second.data)).toEqual(['account_locked']);
    expect(second.nextCursor).toBeNull();
  });

  test('unusable arguments are refused', async () => {
    const { lockout } = sessions;
    expect(await rejectionOf(lockout.history(''))).toMatchObject({ code: 'request_invalid', field: 'account' });
    expect(await rejectionOf(lockout.history(account, { cursor: 'x' }))).toMatchObject({ field: 'cursor' });
    expect(await rejectionOf(lockout.history(account, { limit: 0 }))).toMatchObject({ field: 'limit' });
    expect(await rejectionOf(lockout.history(account, { page: 1 } as never))).toMatchObject({
      code: 'options_invalid',
    });
  });
});
