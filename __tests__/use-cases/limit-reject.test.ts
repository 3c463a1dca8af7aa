import { devicesOf, idsOf, stopped } from '../fixtures/devices';
import { laptop, listenTo, namesOf, phone, SessionBench, signedIn } from '../fixtures/session-bench';
import { minute } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';

describe.each(storeKinds)('a limit that refuses, on $name', (kind) => {
  let bench: SessionBench;
  beforeAll(() => (bench = new SessionBench(kind)));
  afterAll(() => bench.close());

  test('A39 tells the user which sessions stand in the way, and how to go on', async () => {
    const sessions = bench.open({ limit: { max: 2 }, expose: ['plan'] });
    const userId = bench.newUser();
    const first = await signedIn(sessions, { userId, client: phone, data: { plan: 'gold', secret: 'internal' } });
    bench.time.advance(1);
    const second = await signedIn(sessions, { userId });
    const heard = listenTo(sessions);
    const outcome = await stopped(sessions, { userId });

    expect(outcome).toMatchObject({ limit: 2, per: 'user' });
    expect(outcome.sessions.map(({ id }) => id)).toEqual([second.session.id, first.session.id]);
    expect(outcome.sessions[1]).toMatchObject({ device: { type: 'phone' }, ip: phone.ip, current: false });
    expect(outcome.resolutionToken).toMatch(/^sot_/);
    expect(Date.parse(outcome.resolutionExpiresAt)).toBe(bench.time.now() + 5 * minute);
    expect(outcome.error).toMatchObject({ code: 'session_limit_reached', status: 409 });
    expect(outcome.error.extensions).toEqual({
      limit: 2,
      per: 'user',
      resolutionToken: outcome.resolutionToken,
      resolutionExpiresAt: outcome.resolutionExpiresAt,
      sessions: [expect.objectContaining({ data: {} }), expect.objectContaining({ data: { plan: 'gold' } })],
    });
    expect(await idsOf(sessions, userId)).toEqual([first.session.id, second.session.id].sort());
    expect(heard).toEqual([{ name: 'limit.reached', event: { userId, limit: 2, per: 'user' } }]);
    expect((await sessions.history(userId)).data[0]).toMatchObject({ event: 'session_limit_reached' });
  });

  test('A65 whoever logs the error logs no resolution token', async () => {
    const sessions = bench.open({ limit: { max: 1 } });
    const { userId } = await signedIn(sessions);
    const { error, resolutionToken } = await stopped(sessions, { userId });
    const { inspect } = await import('node:util');
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(resolutionToken);
    expect(JSON.stringify(error)).not.toContain(resolutionToken);
  });

  test('A40 of 200 at once at a limit of 3, 3 get in and 197 are told', async () => {
    const nodes = [1, 2, 3, 4].map(() => bench.open({ limit: { max: 3 } }));
    const userId = bench.newUser();
    const outcomes = await Promise.all(
      Array.from({ length: 200 }, (_, index) => nodes[index % 4]!.create({ userId, client: laptop })),
    );
    const statuses = outcomes.map(({ status }) => status);
    expect(statuses.filter((status) => status === 'created')).toHaveLength(3);
    expect(statuses.filter((status) => status === 'limit-reached')).toHaveLength(197);
    expect(await idsOf(nodes[0]!, userId)).toHaveLength(3);
  });

  test('A40 a session that ended or ran out does not count', async () => {
    const sessions = bench.open({ limit: { max: 2 } });
    const userId = bench.newUser();
    const [first] = await devicesOf(sessions, 2, { userId });
    await sessions.revoke(first!.session.id);
    await signedIn(sessions, { userId });
    await stopped(sessions, { userId });
    bench.time.advance(23 * minute);
    await devicesOf(sessions, 2, { userId });
  });

  test('costs one command, as a sign-in without a limit does', async () => {
    const sessions = bench.open({ limit: { max: 1 } });
    const userId = bench.newUser();
    expect(await bench.store.callsDuring(() => signedIn(sessions, { userId }))).toEqual(['create']);
    expect(await bench.store.callsDuring(() => stopped(sessions, { userId }))).toEqual(['create']);
  });

  test('counts applications and device types by themselves, and names the narrowest that is reached', async () => {
    const sessions = bench.open({
      limit: { max: 4, perApplication: { web: 2 }, perDeviceType: { phone: 1, desktop: 2 } },
    });
    const userId = bench.newUser();
    const onPhone = await signedIn(sessions, { userId, client: phone, applicationId: 'web' });
    expect(await stopped(sessions, { userId, client: phone, applicationId: 'ios' })).toMatchObject({
      per: 'device-type',
      limit: 1,
      sessions: [{ id: onPhone.session.id }],
    });
    await signedIn(sessions, { userId, applicationId: 'web' });
    expect(await stopped(sessions, { userId, applicationId: 'web' })).toMatchObject({
      per: 'application',
      limit: 2,
    });
    await signedIn(sessions, { userId, applicationId: 'admin' });
    expect(await stopped(sessions, { userId, applicationId: 'admin' })).toMatchObject({
      per: 'device-type',
      limit: 2,
    });
  });

  test('a route’s own limit stands in place of the manager’s', async () => {
    const sessions = bench.open({ limit: { max: 1 } });
    const { userId } = await signedIn(sessions);
    await signedIn(sessions, { userId, limit: { max: 2 } });
    expect(await stopped(sessions, { userId, limit: { max: 2 } })).toMatchObject({ limit: 2 });
    await expect(sessions.create({ userId, limit: { max: 0 } })).rejects.toMatchObject({ code: 'options_invalid' });
  });

  test('a device that signs in again takes its own place, in the same application', async () => {
    const sessions = bench.open({ limit: { max: 2 } });
    const userId = bench.newUser();
    const client = { ...laptop, deviceId: 'this-laptop' };
    const first = await signedIn(sessions, { userId, client, applicationId: 'web' });
    await signedIn(sessions, { userId, client: { ...phone, deviceId: 'the-phone' }, applicationId: 'web' });
    const outcome = await sessions.create({ userId, client, applicationId: 'web' });
    expect(outcome).toMatchObject({ status: 'created', ended: [{ id: first.session.id, reason: 'replaced' }] });
    await stopped(sessions, { userId, client, applicationId: 'admin' });
    const kept = bench.open({ limit: { max: 2, replaceSameDevice: false } });
    await stopped(kept, { userId, client, applicationId: 'web' });
  });

  test('without a limit a device may have as many sessions as it makes', async () => {
    const sessions = bench.open();
    const userId = bench.newUser();
    await devicesOf(sessions, 4, { userId, client: { ...laptop, deviceId: 'one' } });
    expect(await idsOf(sessions, userId)).toHaveLength(4);
  });

  test('requirement 25: a concurrent login is told of, with a limit and without', async () => {
    const sessions = bench.open();
    const { userId } = await signedIn(sessions);
    const heard = listenTo(sessions);
    const second = await signedIn(sessions, { userId, client: phone });
    expect(heard.at(-1)).toMatchObject({
      name: 'login.concurrent',
      event: { session: { id: second.session.id }, others: 1 },
    });
    const single = bench.open({ singleSession: true });
    const told = listenTo(single);
    await signedIn(single, { userId });
    expect(told.at(-1)).toMatchObject({ name: 'login.concurrent', event: { others: 2 } });
    const alone = listenTo(sessions);
    await signedIn(sessions);
    expect(namesOf(alone)).toEqual(['session.created']);
  });
});
