import { impersonated } from '../../fixtures/impersonations';
import { SessionBench } from '../../fixtures/session-bench';
import { storeKinds } from '../../fixtures/stores';

describe.each(storeKinds)('what an impersonation leaves in the history on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  test('A75 its changes are those of whoever uses it, never of the user', async () => {
    const sessions = bench.open();
    const { session, tokens, userId } = await impersonated(sessions, { userId: bench.newUser() });
    await sessions.update(session.id, { name: 'Desk 7' });
    await sessions.updateAll(userId, { data: { seen: true } });
    await sessions.reissue(session.id, { token: tokens.accessToken });
    const { data } = await sessions.history(userId);
    const by = { type: 'impersonator', id: 'support-7' };
    expect(data.map(({ event, actor }) => ({ event, actor }))).toEqual([
      { event: 'session_reissued', actor: by },
      { event: 'session_updated', actor: by },
      { event: 'session_updated', actor: by },
      { event: 'impersonation_started', actor: { type: 'admin', id: 'support-7' } },
    ]);
  });
});
