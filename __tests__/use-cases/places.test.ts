import type { Location } from '../../lib/domain/location';
import type { GeoOptions, GeoResolver } from '../../lib/options/geo';
import type { SessionManager } from '../../lib/session-manager';
import { impersonated, reason, support } from '../fixtures/impersonations';
import { listenTo, namesOf, SessionBench, signedIn } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';

const lisbon: Location = {
  city: 'Lisbon',
  region: 'Lisbon District',
  country: 'PT',
  coordinates: { latitude: 38.72, longitude: -9.14, radius: 20 },
};
const asked = '8.8.8.8';

describe.each(storeKinds)('the place of a sign-in, on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => {
    bench = new SessionBench(kind);
    jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await bench.close();
  });

  function openWith(
    resolve: GeoResolver['resolve'],
    options: Partial<GeoOptions> = {},
  ): { sessions: SessionManager; resolve: jest.Mock } {
    const spy = jest.fn(resolve);
    return {
      sessions: bench.open({ geo: { resolver: { resolve: spy }, deadline: '5s', ...options } }),
      resolve: spy,
    };
  }

  async function placeFrom(sessions: SessionManager, ip: string, location?: object): Promise<Location | null> {
    const { session, userId } = await signedIn(sessions, { client: { ip, ...(location && { location }) } });
    const stored = await sessions.get(session.id, { owner: userId });
    expect(stored!.location).toEqual(session.location);
    return session.location;
  }

  test('is looked up from its address, and stored with it', async () => {
    const { sessions, resolve } = openWith(() => lisbon);
    expect(await placeFrom(sessions, asked)).toEqual(lisbon);
    expect(resolve.mock.calls).toEqual([[asked]]);
  });

  test('is what the app tells, where it tells one', async () => {
    const { sessions, resolve } = openWith(() => lisbon);
    const place = { city: 'Porto', region: null, country: 'PT', coordinates: null };
    expect(await placeFrom(sessions, asked, { city: 'Porto', country: 'pt' })).toEqual(place);
    expect(resolve).not.toHaveBeenCalled();
    expect(await placeFrom(sessions, asked, { country: 'nowhere' })).toEqual(lisbon);
  });

  test('takes the address in its canonical spelling, IPv4 out of IPv6', async () => {
    const { sessions, resolve } = openWith(() => lisbon);
    await placeFrom(sessions, '::ffff:8.8.8.8');
    await placeFrom(sessions, '2001:4860:4860:0:0:0:0:8888');
    expect(resolve.mock.calls).toEqual([[asked], ['2001:4860:4860::8888']]);
  });

  test.each(['127.0.0.1', '192.168.1.7', '100.64.1.1', '::1', 'fd00::1', '::ffff:10.0.0.1', 'unknown'])(
    'is not asked for of %s',
    async (ip) => {
      const { sessions, resolve } = openWith(() => lisbon);
      expect(await placeFrom(sessions, ip)).toBeNull();
      expect(resolve).not.toHaveBeenCalled();
    },
  );

  test('is remembered for an hour, and that there is none too', async () => {
    const { sessions, resolve } = openWith((ip) => (ip === asked ? lisbon : null));
    for (let count = 0; count < 3; count++) {
      expect(await placeFrom(sessions, asked)).toEqual(lisbon);
      expect(await placeFrom(sessions, '9.9.9.9')).toBeNull();
    }
    expect(resolve).toHaveBeenCalledTimes(2);
    bench.time.advance(3_600_000);
    await placeFrom(sessions, asked);
    expect(resolve).toHaveBeenCalledTimes(3);
  });

  test('is asked for once by those who come at the same time', async () => {
    let answer: (place: Location) => void = () => undefined;
    const answered = new Promise<Location>((resolve) => (answer = resolve));
    const { sessions, resolve } = openWith(() => answered);
    const both = Promise.all([placeFrom(sessions, asked), placeFrom(sessions, asked)]);
    answer(lisbon);
    expect(await both).toEqual([lisbon, lisbon]);
    expect(resolve).toHaveBeenCalledTimes(1);
  });

  test('is rounded to a hundredth of a degree, cleaned and bounded', async () => {
    const coordinates = { latitude: 38.7166, longitude: -0.001, radius: 12.4 };
    const { sessions } = openWith(() => ({ ...lisbon, city: 'Lis\u001bbon\n', country: 'pt', coordinates }));
    expect(await placeFrom(sessions, asked)).toEqual({
      ...lisbon,
      coordinates: { latitude: 38.72, longitude: 0, radius: 12 },
    });
  });

  test.each<[string, GeoResolver['resolve'], string]>([
    ['hangs', () => new Promise(() => undefined), 'no answer within 20 ms'],
    ['throws', () => fail('no database'), 'no database'],
    ['rejects', () => Promise.reject(new Error('no database')), 'no database'],
    ['gives text', () => 'Lisbon' as never, 'text of 6 characters: expected a place or null'],
    ['gives a list', () => [lisbon] as never, 'an array'],
    ['gives nonsense', () => ({ country: 'Portugal', coordinates: { latitude: 91 } }) as never, 'what is no place'],
  ])('B29 is none where the resolver %s: the sign-in goes on, and it is told', async (_, resolve, problem) => {
    const { sessions } = openWith(resolve, {
      deadline: resolve.toString().includes('new Promise') ? '20ms' : '5s',
    });
    const heard = listenTo(sessions);
    expect(await placeFrom(sessions, asked)).toBeNull();
    expect(namesOf(heard)).toEqual(['hook.failed', 'session.created']);
    const { hook, userId, error } = heard[0]!.event as { hook: string; userId: null; error: Error };
    expect({ hook, userId }).toEqual({ hook: 'geo.resolve', userId: null });
    expect(error.message).toContain(problem);
  });

  test('B29 each failure is told, and the next sign-in asks again', async () => {
    let isDown = true;
    const { sessions } = openWith(() => (isDown ? fail('down') : lisbon));
    const heard = listenTo(sessions);
    await placeFrom(sessions, asked);
    await placeFrom(sessions, asked);
    expect(namesOf(heard).filter((name) => name === 'hook.failed')).toHaveLength(2);
    isDown = false;
    expect(await placeFrom(sessions, asked)).toEqual(lisbon);
  });

  test('B29 an answer that came too late serves the next', async () => {
    let answer: (place: Location) => void = () => undefined;
    const answered = new Promise<Location>((resolve) => (answer = resolve));
    const { sessions, resolve } = openWith(() => answered, { deadline: '20ms' });
    expect(await placeFrom(sessions, asked)).toBeNull();
    answer(lisbon);
    await new Promise(setImmediate);
    expect(await placeFrom(sessions, asked)).toEqual(lisbon);
    expect(resolve).toHaveBeenCalledTimes(1);
  });

  test('B29 a resolver that hangs is not handed more than 256 addresses', async () => {
    const { sessions, resolve } = openWith(() => new Promise(() => undefined), { deadline: '50ms' });
    const addresses = Array.from({ length: 300 }, (_, index) => `8.8.${index % 256}.${1 + (index >> 8)}`);
    await Promise.all(addresses.map((ip) => placeFrom(sessions, ip)));
    expect(resolve).toHaveBeenCalledTimes(256);
  });

  test('is that of the sign-in, where a limit stopped it and it goes on', async () => {
    const { sessions, resolve } = openWith(() => lisbon);
    const limit = { max: 1 } as const;
    const { userId, session } = await signedIn(sessions, { limit });
    const stopped = await sessions.create({ userId, limit, client: { ip: asked } });
    if (stopped.status !== 'limit-reached') throw new Error(stopped.status);
    const outcome = await sessions.resolveLimit(stopped.resolutionToken, session.id);
    expect(outcome).toMatchObject({ status: 'created', session: { location: lisbon } });
    expect(resolve).toHaveBeenCalledTimes(1);
  });

  test('is that of whoever exchanges a request token', async () => {
    const { sessions } = openWith((ip) => (ip === asked ? lisbon : null));
    const codeChallenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
    const codeVerifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    const { requestToken } = await sessions.exchange.issue({ userId: bench.newUser(), codeChallenge });
    const outcome = await sessions.exchange.redeem(requestToken, { codeVerifier, client: { ip: asked } });
    expect(outcome).toMatchObject({ status: 'created', session: { location: lisbon } });
  });

  test('is the administrator’s in an impersonated session', async () => {
    const { sessions, resolve } = openWith(() => lisbon);
    const input = { userId: bench.newUser(), client: { ip: asked } };
    expect((await impersonated(sessions, input)).session.location).toEqual(lisbon);
    const mayNot = { ...support, scopes: [] };
    const refused = await sessions.impersonation.start({
      ...input,
      client: { ip: '9.9.9.9' },
      actor: mayNot,
      reason,
    });
    expect(refused.status).toBe('forbidden');
    expect(resolve).toHaveBeenCalledTimes(1);
  });

  test('the resolver is closed with the manager, and what it throws then keeps nobody from closing', async () => {
    const close = jest.fn(() => fail('twice'));
    const sessions = bench.open({ geo: { resolver: { resolve: () => lisbon, close } } });
    await expect(sessions.close()).resolves.toBeUndefined();
    expect(close).toHaveBeenCalledTimes(1);
  });

  test('a resolver of several managers is opened with the first and closed with the last, each time', async () => {
    const calls: string[] = [];
    const resolver: GeoResolver = {
      resolve: () => (calls.push('resolve'), lisbon),
      open: () => void calls.push('open'),
      close: () => void calls.push('close'),
    };
    // Each with a store of its own, which is closed with it.
    const open = (): SessionManager => bench.open({ store: kind.open(), geo: { resolver, deadline: '5s' } });
    const [first, second] = [open(), open()];
    await first.close();
    await first.close();
    expect(await placeFrom(second, asked)).toEqual(lisbon);
    expect(calls).toEqual(['open', 'resolve']);
    await second.close();
    expect(calls).toEqual(['open', 'resolve', 'close']);
    await open().close();
    expect(calls).toEqual(['open', 'resolve', 'close', 'open', 'close']);
  });

  test('B29 what a resolver throws when it is opened is told, and sign-ins have places all the same', async () => {
    const resolver: GeoResolver = { resolve: () => lisbon, open: () => fail('no database') };
    const sessions = bench.open({ geo: { resolver, deadline: '5s' } });
    const heard = listenTo(sessions);
    expect(await placeFrom(sessions, asked)).toEqual(lisbon);
    expect(heard[0]).toMatchObject({ event: { hook: 'geo.resolve', error: { message: 'no database' } } });
  });

  test('a manager that is closed does not ask its resolver any more', async () => {
    const { sessions, resolve } = openWith(() => lisbon);
    const { userId } = await signedIn(sessions);
    await sessions.close();
    await sessions.create({ userId, client: { ip: asked } }).catch(() => undefined);
    expect(resolve).not.toHaveBeenCalled();
  });
});

function fail(message: string): never {
  throw new Error(message);
}
