import { listenTo, SessionBench, signedIn } from '../fixtures/session-bench';
import type { SignedIn } from '../fixtures/session-bench';
import { minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';

const hour = 60 * minute;

describe.each(storeKinds)('a clock that jumps, on $name', (kind) => {
  let bench: SessionBench;
  beforeAll(() => (bench = new SessionBench(kind)));
  afterAll(() => bench.close());

  const open = () => bench.open({ lifetimes: { accessToken: '15m', refreshToken: '1h' } });

  /** What is told of the clock while these sessions are renewed, one after the other. */
  async function toldAtRenewalOf(...all: SignedIn[]) {
    const sessions = open();
    const heard = listenTo(sessions);
    for (const { tokens } of all) {
      expect(await sessions.refresh(tokens.refreshToken)).toMatchObject({ status: 'rotated' });
    }
    return heard.filter(({ name }) => name === 'store.clock-went-back').map(({ event }) => event);
  }

  test('B14 set back by an hour: all stay in, and it is told once, however many come', async () => {
    const sessions = open();
    const all = [await signedIn(sessions), await signedIn(sessions), await signedIn(sessions)];
    bench.time.advance(-hour);
    for (const { tokens } of all) {
      expect((await sessions.verify(tokens.accessToken)).status).toBe('active');
    }
    expect(await toldAtRenewalOf(...all)).toEqual([{ milliseconds: hour }]);
  });

  test('B14 once the clock has caught up, the next time is told again', async () => {
    const sessions = open();
    const heard = listenTo(sessions);
    const told = () => heard.filter(({ name }) => name === 'store.clock-went-back').map(({ event }) => event);
    const renew = async ({ tokens }: SignedIn) => sessions.refresh(tokens.refreshToken);
    const before = await signedIn(sessions);
    bench.time.advance(-hour);
    await renew(before);
    bench.time.advance(hour + 10 * minute);
    const after = await signedIn(sessions);
    bench.time.advance(-2 * minute);
    await renew(after);
    expect(told()).toEqual([{ milliseconds: hour }, { milliseconds: 2 * minute }]);
  });

  test('B14 by no more than processes may differ, nothing is told', async () => {
    const one = await signedIn(open());
    bench.time.advance(-bench.store.port.deadlineMilliseconds);
    expect(await toldAtRenewalOf(one)).toEqual([]);
  });

  test('B14 set forward: access ends early, nobody is let in for it, and a refresh token within its life goes on', async () => {
    const sessions = open();
    const { tokens, userId } = await signedIn(sessions);
    const ended = await signedIn(sessions, { userId });
    await sessions.revoke(ended.session.id);
    bench.time.advance(hour - minute);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'expired' });
    expect(await sessions.verify(ended.tokens.accessToken)).toMatchObject({ status: 'revoked' });
    const heard = listenTo(sessions);
    const renewed = await sessions.refresh(tokens.refreshToken);
    expect(renewed).toMatchObject({ status: 'rotated' });
    expect(heard.map(({ name }) => name)).toEqual(['token.rotated']);
    bench.time.advance(2 * hour);
    expect(await sessions.refresh(tokens.refreshToken)).toMatchObject({ status: 'expired' });
  });
});
