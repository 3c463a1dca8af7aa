import { withTitles } from '../fixtures/abbreviated';
import { rejectionOf } from '../fixtures/refusal-of';
import { listenTo, renewed, SessionBench, signedIn } from '../fixtures/session-bench';
import { minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('a change to a session on $name', (kind) => {
  let bench: SessionBench;
  beforeAll(() => (bench = new SessionBench(kind)));
  afterAll(() => bench.close());

  test('is in the answer and in the next view, and nothing else is touched', async () => {
    const sessions = bench.open();
    const { session, tokens } = await signedIn(sessions, { data: { theme: 'dark', size: 2 } });
    const calls = await bench.store.callsDuring(async () => {
      const outcome = await sessions.update(session.id, {
        name: 'Kitchen',
        data: { theme: 'light' },
        trusted: true,
      });
      const changed = {
        ...session,
        device: { ...session.device, name: 'Kitchen' },
        data: { theme: 'light', size: 2 },
        trusted: true,
      };
      expect(outcome).toEqual({ status: 'updated', session: { ...changed, current: false } });
    });
    expect(calls).toEqual(['find', 'amend']);
    expect(await sessions.verify(tokens.accessToken)).toMatchObject({
      session: { device: { name: 'Kitchen' }, data: { theme: 'light', size: 2 }, trusted: true },
    });
    expect(await sessions.refresh(tokens.refreshToken)).toMatchObject({ session: { trusted: true } });
  });

  test('of one thing leaves the others: a name can go, trust can be taken back, a key can be removed', async () => {
    const sessions = bench.open();
    const { session } = await signedIn(sessions, { data: { a: 1, b: 2 } });
    await sessions.update(session.id, { name: 'Kitchen', trusted: true });
    expect(await sessions.update(session.id, { data: { a: undefined, c: 3 } })).toMatchObject({
      session: { device: { name: 'Kitchen' }, trusted: true, data: { b: 2, c: 3 } },
    });
    expect(await sessions.update(session.id, { name: null })).toMatchObject({
      session: { device: { name: null }, trusted: true },
    });
    const last = await sessions.update(session.id, { trusted: false });
    expect(last).toMatchObject({ session: { trusted: false, data: { b: 2, c: 3 } } });
    expect((last as { session: { data: object } }).session.data).toEqual({ b: 2, c: 3 });
  });

  test('A15 by many at once to different keys all survive', async () => {
    const sessions = bench.open();
    const { session } = await signedIn(sessions);
    const keys = Array.from({ length: 12 }, (_, index) => `key${index}`);
    const outcomes = await Promise.all(keys.map((key) => sessions.update(session.id, { data: { [key]: key } })));
    expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['updated']));
    const view = await sessions.get(session.id);
    expect(view!.data).toEqual(Object.fromEntries(keys.map((key) => [key, key])));
  });

  test('survives a rotation that comes in between', async () => {
    const sessions = bench.open();
    const { session, tokens } = await signedIn(sessions);
    bench.store.interceptNext('amend', async (proceed) => {
      await renewed(sessions, tokens.refreshToken);
      return proceed();
    });
    expect(await sessions.update(session.id, { name: 'Kitchen' })).toMatchObject({ status: 'updated' });
    expect(await sessions.refresh(tokens.refreshToken)).toMatchObject({
      status: 'repeated',
      session: { device: { name: 'Kitchen' } },
    });
  });

  test('tells of itself in an event and in the history', async () => {
    const sessions = bench.open();
    const { session, userId } = await signedIn(sessions);
    const heard = listenTo(sessions);
    const outcome = await sessions.update(session.id, { trusted: true });
    expect(heard).toEqual([
      { name: 'session.updated', event: { session: (outcome as { session: object }).session } },
    ]);
    expect((await sessions.history(userId)).data[0]).toMatchObject({
      event: 'session_updated',
      sessionId: session.id,
      actor: { type: 'user' },
    });
  });

  test('C-IDOR A36 of an ended, expired, unknown or another user’s session is not-found and revives nothing', async () => {
    const sessions = bench.open();
    const ended = await signedIn(sessions);
    const other = await signedIn(sessions);
    const expired = await signedIn(sessions, { lifetimes: { absolute: '1m' } });
    await sessions.revoke(ended.session.id);
    bench.time.advance(minute);
    for (const [id, owner] of [
      [ended.session.id, ended.userId],
      [expired.session.id, expired.userId],
      [other.session.id, bench.newUser()],
      ['8f14e45f-ceea-467f-a8f0-000000000000', other.userId],
      ['x', other.userId],
    ] as const) {
      expect(await sessions.update(id, { name: 'x' }, { owner })).toEqual({ status: 'not-found' });
    }
    expect(await sessions.verify(ended.tokens.accessToken)).toMatchObject({ status: 'revoked' });
    expect(await sessions.get(other.session.id)).toMatchObject({ device: { name: null } });
  });

  test('A36 of a session that ends meanwhile is not-found', async () => {
    const sessions = bench.open();
    const { session, userId } = await signedIn(sessions);
    bench.store.interceptNext('amend', async (proceed) => {
      await sessions.revoke(session.id);
      return proceed();
    });
    expect(await sessions.update(session.id, { name: 'x' })).toEqual({ status: 'not-found' });
    expect((await sessions.list(userId)).data).toEqual([]);
  });

  test.each(
    withTitles([
      ['name', '', '1 to 64 characters of text, or null'],
      ['name', ' \u0000 ', '1 to 64 characters of text, or null'],
      ['name', 'x'.repeat(65), '1 to 64 characters of text, or null'],
      ['name', 7, '1 to 64 characters of text, or null'],
      ['trusted', 'yes', 'true or false'],
      ['trusted', null, 'true or false'],
      ['data', null, 'an object'],
      ['data', ['a'], 'an object'],
      ['data', 'text', 'an object'],
      ['data', { a: 'x'.repeat(16_384) }, 'at most 16384 bytes of JSON'],
      ['data', { a: 1n }, 'what JSON can hold'],
    ]),
  )('of %s to %s is refused', async (field, _, value, words) => {
    const sessions = bench.open();
    const { session } = await signedIn(sessions);
    const error = await rejectionOf(sessions.update(session.id, { [field]: value }));
    expect(error).toMatchObject({ code: 'request_invalid', field });
    expect(error.message).toContain(words);
    expect(await sessions.get(session.id)).toEqual({ ...session, current: false });
  });

  test.each([
    ['  Küche \n', 'Küche'],
    ['<b>\u001b[31mKitchen</b>', '<b>[31mKitchen</b>'],
    ['🦊'.repeat(32), '🦊'.repeat(32)],
    ['x'.repeat(64), 'x'.repeat(64)],
  ])('A58 A66 of the name to %j keeps what is printable', async (name, kept) => {
    const sessions = bench.open();
    const { session } = await signedIn(sessions);
    expect(await sessions.update(session.id, { name })).toMatchObject({ session: { device: { name: kept } } });
  });

  test('A57 takes known members only, of the change and of the options', async () => {
    const sessions = bench.open();
    const { session } = await signedIn(sessions);
    for (const [change, options, words] of [
      [{ userId: 'mallory' }, {}, 'change.userId: unknown option'],
      [JSON.parse('{"__proto__":{"trusted":true}}'), {}, 'change.__proto__: unknown option'],
      [{ data: JSON.parse('{"__proto__":{"admin":true}}') as object }, {}, '__proto__ is refused'],
      [{ name: 'x' }, { ownr: 'mallory' }, "did you mean 'owner'?"],
      [undefined, {}, 'change: expected an object'],
      [null, {}, 'change: expected an object'],
    ] as const) {
      const error = await rejectionOf(sessions.update(session.id, change as never, options as never));
      expect(error.message).toContain(words);
    }
    expect(await sessions.get(session.id)).toEqual({ ...session, current: false });
  });

  test('is a fault where other writers keep coming first', async () => {
    const sessions = bench.open();
    const { session } = await signedIn(sessions);
    for (let turn = 0; turn < 50; turn++) bench.store.interceptNext('amend', async () => ({ status: 'conflict' }));
    const error = await rejectionOf(sessions.update(session.id, { name: 'x' }));
    expect(error).toMatchObject({ code: 'store_unavailable' });
    expect(await sessions.update(session.id, { name: 'x' })).toMatchObject({ status: 'updated' });
  });
});
