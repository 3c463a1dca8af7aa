import type { SessionManager } from '../../../lib/session-manager';
import { impersonated } from '../../fixtures/impersonations';
import { rejectionOf } from '../../fixtures/refusal-of';
import { laptop, listenTo, SessionBench, type SignedIn, signedIn } from '../../fixtures/session-bench';
import { storeKinds } from '../../fixtures/stores';

const day = 86_400_000;
const location = { city: 'Nairobi', region: 'Nairobi Area', country: 'KE' };

describe.each(storeKinds)('the links of "this wasn\'t me", on $name', (kind) => {
  let bench: SessionBench;
  let sessions: SessionManager;
  let user: SignedIn;
  beforeAll(() => (bench = new SessionBench(kind)));
  afterAll(() => bench.close());
  beforeEach(async () => {
    sessions = bench.open({ impersonation: {} });
    user = await signedIn(sessions, { client: { ...laptop, location } });
  });

  async function issued(id = user.session.id, options?: Parameters<SessionManager['disowning']['issue']>[1]) {
    const outcome = await sessions.disowning.issue(id, options);
    if (outcome.status !== 'issued') throw new Error(outcome.status);
    return outcome;
  }

  test('a link is good for seven days unless told otherwise, and the history tells of it', async () => {
    const link = await issued();
    expect(link.token).toMatch(/^sot_/);
    expect(Date.parse(link.expiresAt)).toBe(bench.time.now() + 7 * day);
    expect(Date.parse((await issued(user.session.id, { expiresIn: '30d' })).expiresAt)).toBe(
      bench.time.now() + 30 * day,
    );
    const actor = { type: 'admin', id: 'support-7' } as const;
    await issued(user.session.id, { actor });
    const { data } = await sessions.history(user.userId);
    expect(data).toMatchObject([
      { event: 'link_issued', sessionId: user.session.id, actor, reason: 'disown' },
      { event: 'link_issued', actor: { type: 'system' } },
      { event: 'link_issued' },
      { event: 'session_created' },
    ]);
    expect(JSON.stringify(data)).not.toContain('sot_');
  });

  test('it can be made of a session that is over, as long as that is remembered', async () => {
    await sessions.revoke(user.session.id);
    const { token } = await issued();
    expect(await sessions.disowning.inspect(token)).toMatchObject({ status: 'valid' });
  });

  test('C-IDOR none is made of what is no session, or of one that an administrator uses', async () => {
    const used = await impersonated(sessions, { userId: user.userId });
    for (const id of ['', 'nonsense', user.session.id.toUpperCase(), user.userId, used.session.id]) {
      expect(await sessions.disowning.issue(id)).toEqual({ status: 'not-found' });
    }
  });

  test.each([
    [{ expiresIn: '59s' }, 'expiresIn'],
    [{ expiresIn: '31d' }, 'expiresIn'],
    [{ expiresIn: 7 }, 'expiresIn'],
    [{ actor: { type: 'nobody' } }, 'actor'],
  ])('refuses %j, naming the field', async (options, field) => {
    const refusal = await rejectionOf(sessions.disowning.issue(user.session.id, options as object));
    expect(refusal).toMatchObject({ code: 'request_invalid', field });
  });

  test('A7 looking at it shows device, place and time, as often as one likes, and uses nothing up', async () => {
    await sessions.update(user.session.id, { name: 'Home' });
    const { token, expiresAt } = await issued();
    const before = await sessions.history(user.userId);
    const heard = listenTo(sessions);
    for (let count = 0; count < 3; count++) {
      expect(await sessions.disowning.inspect(token)).toEqual({
        status: 'valid',
        session: {
          device: {
            browser: 'Firefox',
            browserVersion: expect.any(String) as string,
            os: 'Linux',
            osVersion: user.session.device.osVersion,
            type: 'desktop',
            model: null,
            name: 'Home',
          },
          location,
          createdAt: user.session.createdAt,
        },
        expiresAt,
      });
    }
    expect(await sessions.history(user.userId)).toEqual(before);
    expect(heard).toEqual([]);
    expect(await sessions.disowning.disown(token)).toMatchObject({ status: 'disowned' });
  });

  test('A77 it shows nothing that the session did not keep, and no address or coordinates at all', async () => {
    const { session } = await signedIn(sessions, {
      client: {
        ...laptop,
        location: { ...location, coordinates: { latitude: -1.28, longitude: 36.82 } },
      } as object,
    });
    const { token } = await issued(session.id);
    const shown = JSON.stringify(await sessions.disowning.inspect(token));
    expect(shown).toContain('Nairobi');
    expect(shown).not.toMatch(/coordinates|36\.8|192\.0\.2|Mozilla|user-/);
  });

  test('A7 it serves until its last millisecond, and tells why it does not', async () => {
    const { token } = await issued(user.session.id, { expiresIn: '1m' });
    const { disowning } = sessions;
    bench.time.advance(60_000 - 1);
    expect(await disowning.inspect(token)).toMatchObject({ status: 'valid' });
    bench.time.advance(1);
    expect(await disowning.inspect(token)).toMatchObject({ status: 'refused', reason: 'expired' });
    const late = await disowning.disown(token);
    expect(late).toMatchObject({
      status: 'refused',
      reason: 'expired',
      error: { code: 'one_time_token_invalid', status: 403, reason: 'expired' },
    });
    expect(await sessions.get(user.session.id)).toBeDefined();
  });

  test('A4 what is no token, or another one, does nothing and is not told apart', async () => {
    const { token: other } = await sessions.oneTimeTokens.issue({ purpose: 'login', lifetime: '1h' });
    const { token } = await issued();
    const mangled = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    for (const wrong of ['', 'sot_', mangled, user.tokens.accessToken, other, undefined as unknown as string]) {
      const refused = { status: 'refused', reason: 'invalid' };
      expect(await sessions.disowning.inspect(wrong)).toMatchObject(refused);
      expect(await sessions.disowning.disown(wrong)).toMatchObject(refused);
    }
    expect(await sessions.oneTimeTokens.redeem(other, { purpose: 'login' })).toMatchObject({ status: 'redeemed' });
  });

  test('A7 apps can neither issue nor redeem tokens of its purpose', async () => {
    const { token } = await issued();
    const { oneTimeTokens } = sessions;
    const refusals = [
      rejectionOf(oneTimeTokens.issue({ purpose: 'disown', lifetime: '1h' })),
      rejectionOf(oneTimeTokens.redeem(token, { purpose: 'disown' })),
    ];
    for (const refusal of refusals) expect(await refusal).toMatchObject({ code: 'request_invalid' });
    expect(await oneTimeTokens.redeem(token, { purpose: 'login' })).toMatchObject({ status: 'invalid' });
    expect(await sessions.disowning.disown(token)).toMatchObject({ status: 'disowned' });
  });
});
