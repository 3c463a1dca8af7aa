import type { SessionManager } from '../../lib/session-manager';
import type { LifetimePreset } from '../../lib/options/lifetime-presets';
import { renewed, SessionBench, signedIn } from '../fixtures/session-bench';
import { day, hour, minute } from '../fixtures/session-record';
import { type StoreKind, storeKinds } from '../fixtures/stores';

interface Case {
  readonly kind: StoreKind;
  readonly preset: LifetimePreset;
  readonly absolute: number;
  readonly idle: number | null;
  readonly remember: boolean;
}

const limits = [
  { preset: 'nist-aal1', absolute: 30 * day, idle: null },
  { preset: 'nist-aal2', absolute: day, idle: hour },
  { preset: 'nist-aal3', absolute: 12 * hour, idle: 15 * minute },
] as const;

const cases: readonly (Case & { readonly title: string })[] = storeKinds.flatMap((kind) =>
  limits.flatMap((limit) =>
    [false, true].map((remember) => ({
      kind,
      ...limit,
      remember,
      title: `${limit.preset}, ${remember ? 'remembered' : 'not remembered'}, on ${kind.name}`,
    })),
  ),
);

const over = { status: 'expired', error: { code: 'session_expired' } };

describe.each(cases)('a session under $title', ({ kind, preset, absolute, idle, remember }) => {
  let bench: SessionBench;
  let sessions: SessionManager;
  beforeEach(() => {
    bench = new SessionBench(kind);
    sessions = bench.open({ lifetimes: preset });
  });
  afterEach(() => bench.close());

  const after = (milliseconds: number): string => new Date(bench.time.now() + milliseconds).toISOString();

  /** Renews as often as its idle limit takes until so long after the sign-in, and gives the last tokens. */
  async function keptAlive(refreshToken: string, until: number): ReturnType<typeof renewed> {
    const end = bench.time.now() + until;
    const step = idle === null ? 3 * day : idle - minute;
    let tokens = await renewed(sessions, refreshToken);
    while (bench.time.now() < end) {
      bench.time.advance(Math.min(step, end - bench.time.now()));
      tokens = await renewed(sessions, tokens.refreshToken);
    }
    return tokens;
  }

  test('A19 tells when each limit strikes', async () => {
    const { session } = await signedIn(sessions, { remember });
    expect(session.deadlines).toEqual({
      access: after(15 * minute),
      refresh: after(absolute),
      idle: idle === null ? null : after(idle),
      absolute: after(absolute),
    });
  });

  test('A18 A19 ends for want of use at its idle limit, and not a millisecond before', async () => {
    const wait = idle ?? absolute;
    const [early, late] = [await signedIn(sessions, { remember }), await signedIn(sessions, { remember })];
    bench.time.advance(wait - 1);
    expect(await sessions.refresh(early.tokens.refreshToken)).toMatchObject({ status: 'rotated' });
    expect(await sessions.get(late.session.id)).toBeDefined();
    bench.time.advance(1);
    expect(await sessions.refresh(late.tokens.refreshToken)).toMatchObject(over);
    expect(await sessions.verify(late.tokens.accessToken)).toMatchObject(over);
    expect(await sessions.get(late.session.id)).toBeUndefined();
  });

  test('A18 A19 A20 ends at its absolute limit, however often it is renewed, and not a millisecond before', async () => {
    const { tokens, session } = await signedIn(sessions, { remember });
    const last = await keptAlive(tokens.refreshToken, absolute - 1);
    expect(last).toMatchObject({
      accessExpiresAt: session.deadlines.absolute,
      refreshExpiresAt: session.deadlines.absolute,
    });
    expect(await sessions.verify(last.accessToken)).toMatchObject({
      status: 'active',
      session: { deadlines: { absolute: session.deadlines.absolute } },
    });
    bench.time.advance(1);
    expect(await sessions.verify(last.accessToken)).toMatchObject(over);
    expect(await sessions.refresh(last.refreshToken)).toMatchObject(over);
    expect((await sessions.list(session.userId)).data).toEqual([]);
  });

  test('A21 starts its idle limit anew on use, all limits but the absolute one at a fresh login, that at a new sign-in', async () => {
    const first = await signedIn(sessions, { remember });
    const { userId, session } = first;
    const { absolute: end } = session.deadlines;
    bench.time.advance(14 * minute);
    expect(await sessions.verify(first.tokens.accessToken)).toMatchObject({ status: 'active' });
    await sessions.flush();
    const used = await sessions.get(session.id);
    expect(used!.deadlines).toMatchObject({ idle: idle === null ? null : after(idle), absolute: end });
    expect(used!.authenticatedAt).toBe(session.authenticatedAt);

    bench.time.advance(14 * minute);
    const confirmed = await sessions.reissue(session.id, {
      authenticatedAt: await sessions.now(),
      methods: ['pwd'],
    });
    if (confirmed.status !== 'reissued') throw new Error(confirmed.status);
    expect(confirmed.session).toMatchObject({ authenticatedAt: after(0), methods: ['pwd'] });
    expect(confirmed.session.deadlines).toMatchObject({
      access: after(15 * minute),
      idle: idle === null ? null : after(idle),
      absolute: end,
    });
    const anew = await signedIn(sessions, { userId, remember });
    expect(anew.session.deadlines).toMatchObject({
      idle: idle === null ? null : after(idle),
      absolute: after(absolute),
    });
  });

  test('A18 is never prolonged by polls that are no activity', async () => {
    const { tokens, session } = await signedIn(sessions, { remember });
    const silent = { slide: false } as const;
    bench.time.advance(10 * minute);
    expect(await sessions.verify(tokens.accessToken, undefined, silent)).toMatchObject({
      status: 'active',
      session: { deadlines: session.deadlines },
    });
    await sessions.flush();
    const renewal = await sessions.refresh(tokens.refreshToken, undefined, silent);
    const { idle: idleAt, refresh, absolute: end } = session.deadlines;
    expect(renewal).toMatchObject({
      status: 'rotated',
      session: { deadlines: { idle: idleAt, refresh, absolute: end } },
    });
    const refreshToken = 'tokens' in renewal ? renewal.tokens.refreshToken! : '';
    bench.time.advance((idle ?? absolute) - 10 * minute);
    expect(await sessions.refresh(refreshToken, undefined, silent)).toMatchObject(over);
  });

  test('may be stricter for one sign-in, and no laxer', async () => {
    const { session } = await signedIn(sessions, { remember, lifetimes: { absolute: '1h', accessToken: '5m' } });
    expect(session.deadlines).toMatchObject({
      access: after(5 * minute),
      refresh: after(hour),
      absolute: after(hour),
    });
    await expect(sessions.create({ userId: 'a', remember, lifetimes: { absolute: '31d' } })).rejects.toMatchObject({
      code: 'request_invalid',
      field: 'lifetimes.absolute',
    });
    const wish = sessions.create({ userId: 'a', remember, lifetimes: { idle: '61m' } });
    if (idle === null) expect(await wish).toMatchObject({ status: 'created' });
    else await expect(wish).rejects.toMatchObject({ code: 'request_invalid', field: 'lifetimes.idle' });
  });
});

describe.each(storeKinds)('without refresh tokens, under nist-aal3 on $name', (kind) => {
  test.each([false, true])(
    'A18 A19 a session slides on use up to its idle limit (remembered: %p)',
    async (remember) => {
      const bench = new SessionBench(kind);
      const sessions = bench.open({ lifetimes: { preset: 'nist-aal3', refreshToken: false } });
      const { tokens } = await signedIn(sessions, { remember });
      for (let count = 0; count < 3; count++) {
        bench.time.advance(15 * minute - 1);
        expect(await sessions.verify(tokens.accessToken)).toMatchObject({ status: 'active' });
        await sessions.flush();
      }
      bench.time.advance(15 * minute);
      expect(await sessions.verify(tokens.accessToken)).toMatchObject(over);
      await bench.close();
    },
  );
});
