import type { AdminActor, AdminGuardOptions } from '../../../../lib';
import { apiSecretHash, mintApiSecret } from '../../../../lib/tokens/api-secret';
import { storeKinds } from '../../../fixtures/stores';
import { AdminBench } from '../fixtures/admin-bench';

const path = '/users/alice/sessions';
const support = mintApiSecret();
const secrets = [{ id: 'support', hash: apiSecretHash(support)!, scopes: ['users:read'] as const }];
const ann: AdminActor = { id: 'ann', scopes: ['users:read'] };

const basic = (password: string) => ({
  Authorization: `Basic ${Buffer.from(`ann:${password}`).toString('base64')}`,
});
const right = basic('hunter2');
const times = <Value>(count: number, value: Value): Value[] => Array.from({ length: count }, () => value);

describe.each(storeKinds)('credentials that the app judges, on $name', ({ open }) => {
  let bench: AdminBench | undefined;
  let asked = 0;
  afterEach(() => bench?.sessions.close());

  function benchWith(judge: NonNullable<AdminGuardOptions['authorize']>): AdminBench {
    asked = 0;
    const authorize: typeof judge = (req) => {
      asked += 1;
      return judge(req);
    };
    return (bench = new AdminBench({ store: open(), admin: { secrets, authorize } }));
  }

  const byPassword = () =>
    benchWith(({ headers: { authorization, cookie } }) =>
      authorization === right.Authorization || cookie === 'login=ann' ? ann : null,
    );

  async function statuses(it: AdminBench, count: number, headers: Record<string, string>): Promise<number[]> {
    const all = [];
    for (let index = 0; index < count; index++) all.push((await it.callFreely('get', path, headers)).status);
    return all;
  }

  const logged = async (it: AdminBench) => (await it.sessions.access.history({ limit: 100 })).data;

  test('A68 after twenty wrong ones of an address the right one waits too, and the app is not asked', async () => {
    const it = byPassword();
    expect(await statuses(it, 30, basic('wrong'))).toEqual([...times(20, 401), ...times(10, 429)]);
    expect(asked).toBe(21);
    const answer = await it.callFreely('get', path, right).expect(429);
    expect(answer.body).toMatchObject({ code: 'too_many_attempts' });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(asked).toBe(21);
    expect((await logged(it)).map(({ status }) => status)).toEqual([429, ...times(20, 401)]);
    it.time.advance(60_000);
    await it.callFreely('get', path, right).expect(200);
  });

  test('neither a right API secret nor a cookie waits for them', async () => {
    const it = byPassword();
    await statuses(it, 22, basic('wrong'));
    await it.callFreely('get', path, { Authorization: `Bearer ${support}` }).expect(200);
    await it.callFreely('get', path, { Cookie: 'login=ann' }).expect(200);
  });

  test('calls that show nothing, and wrong API secrets, hold up nobody who shows a credential', async () => {
    const it = byPassword();
    expect(await statuses(it, 22, {})).toEqual([...times(20, 401), 429, 429]);
    await statuses(it, 2, { Authorization: `Bearer ${mintApiSecret()}` });
    await it.callFreely('get', path, right).expect(200);
  });

  test('A68 of guesses that are sent at once the right one, coming last, is not told', async () => {
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const it = benchWith(async ({ headers }) => {
      if (headers.authorization !== right.Authorization) return null;
      await opened;
      return ann;
    });
    const last = it.callFreely('get', path, right).then(({ status }) => status);
    while (asked === 0) await new Promise(setImmediate);
    await statuses(it, 21, basic('wrong'));
    open();
    expect(await last).toBe(429);
  });

  test.each([
    ['shown', basic('malformed')],
    ['not shown', {}],
  ])('A66 calls at which the app’s function throws wait, and fill no log: credential %s', async (_, headers) => {
    const it = benchWith(() => Promise.reject(new Error('jwt malformed')));
    expect(await statuses(it, 60, headers)).toEqual([...times(20, 503), ...times(40, 429)]);
    expect((await logged(it)).map(({ status, code }) => [status, code])).toEqual([
      [429, 'too_many_attempts'],
      ...times(20, [503, 'hook_failed']),
    ]);
  });
});
