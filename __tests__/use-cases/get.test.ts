import { rejectionOf } from '../fixtures/refusal-of';
import { SessionBench, signedIn } from '../fixtures/session-bench';
import { minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('a session by its id on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  test('is its public view, in one round trip', async () => {
    const sessions = bench.open();
    const { session, userId } = await signedIn(sessions);
    const calls = await bench.store.callsDuring(async () => {
      expect(await sessions.get(session.id, { owner: userId })).toEqual({ ...session, current: false });
    });
    expect(calls).toEqual(['find']);
  });

  test('C-IDOR A72 is not there for another user, once ended, expired, or by any other spelling', async () => {
    const sessions = bench.open();
    const { session } = await signedIn(sessions);
    const gone = await signedIn(sessions);
    await sessions.revoke(gone.session.id);
    expect(await sessions.get(session.id, { owner: bench.newUser() })).toBeUndefined();
    expect(await sessions.get(gone.session.id)).toBeUndefined();
    for (const id of [session.id.toUpperCase(), '', 'x', undefined, null, 7]) {
      expect(await sessions.get(id as string)).toBeUndefined();
    }
    bench.time.advance(22.5 * minute - 1);
    expect(await sessions.get(session.id)).toBeDefined();
    bench.time.advance(1);
    expect(await sessions.get(session.id)).toBeUndefined();
  });

  test('with an owner that is no user id is refused', async () => {
    const sessions = bench.open();
    const { session } = await signedIn(sessions);
    for (const owner of ['', 'x'.repeat(513), null, 7]) {
      const error = await rejectionOf(sessions.get(session.id, { owner: owner as string }));
      expect(error).toMatchObject({ code: 'request_invalid', field: 'owner' });
    }
  });

  test('C-IDOR is refused where the owner is given and undefined, or misspelt: nobody must slip through', async () => {
    const sessions = bench.open();
    const { session } = await signedIn(sessions);
    const lost = JSON.parse('{}') as { userId: string };
    const error = await rejectionOf(sessions.get(session.id, { owner: lost.userId }));
    expect(error).toMatchObject({ code: 'request_invalid', field: 'owner' });
    const misspelt = await rejectionOf(sessions.get(session.id, { Owner: 'mallory' } as never));
    expect(misspelt.message).toContain("did you mean 'owner'?");
  });
});
