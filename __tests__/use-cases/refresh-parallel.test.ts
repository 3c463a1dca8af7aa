import { laptop, listenTo, namesOf, SessionBench, signedIn } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('a refresh token presented by many at once on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  test.each([10, 100])(
    'A25 B20 gives %i requests one and the same pair, by exactly one rotation',
    async (count) => {
      const sessions = bench.open();
      const { tokens } = await signedIn(sessions);
      const heard = listenTo(sessions);
      const outcomes = await Promise.all(
        Array.from({ length: count }, () => sessions.refresh(tokens.refreshToken, laptop)),
      );
      const statuses = outcomes.map(({ status }) => status).sort();
      expect(statuses).toEqual([...Array.from({ length: count - 1 }, () => 'repeated'), 'rotated']);
      const pairs = outcomes.map((outcome) => JSON.stringify('tokens' in outcome && outcome.tokens));
      expect(new Set(pairs).size).toBe(1);
      expect(namesOf(heard)).toEqual(['token.rotated']);
      const next = JSON.parse(pairs[0]!) as typeof tokens;
      expect(await sessions.verify(next.accessToken)).toMatchObject({ status: 'active' });
      expect(await sessions.refresh(next.refreshToken)).toMatchObject({ status: 'rotated' });
    },
  );

  test('A25 gives several processes one and the same pair', async () => {
    const managers = Array.from({ length: 4 }, () => bench.open());
    const { tokens } = await signedIn(managers[0]!);
    const outcomes = await Promise.all(managers.map((sessions) => sessions.refresh(tokens.refreshToken, laptop)));
    expect(outcomes.filter(({ status }) => status === 'rotated')).toHaveLength(1);
    const pairs = outcomes.map((outcome) => JSON.stringify('tokens' in outcome && outcome.tokens));
    expect(new Set(pairs).size).toBe(1);
  });

  test('A36 B22 while the session is being ended leaves no token alive', async () => {
    const sessions = bench.open();
    for (let turn = 0; turn < 20; turn++) {
      const { tokens, session } = await signedIn(sessions);
      const [outcome] = await Promise.all([
        sessions.refresh(tokens.refreshToken, laptop),
        sessions.revoke(session.id),
      ]);
      expect(['rotated', 'revoked']).toContain(outcome.status);
      const issued = 'tokens' in outcome ? [outcome.tokens.accessToken] : [];
      for (const token of [tokens.accessToken, ...issued]) {
        expect(await sessions.verify(token)).toMatchObject({ status: 'revoked' });
      }
    }
  });
});
