import { deviceMark } from '../../lib/device/device-mark';
import type { SessionManager } from '../../lib/session-manager';
import { rejectionOf } from '../fixtures/refusal-of';
import { laptop, listenTo, namesOf, phone, SessionBench, signedIn } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';

const onLaptop = { client: laptop, deviceId: 'laptop-id' };
const onPhone = { client: phone, deviceId: 'phone-id' };
const laptopMark = deviceMark('laptop-id')!;

describe.each(storeKinds)('sessions by device, on $name', (kind) => {
  let bench: SessionBench;
  let sessions: SessionManager;
  let userId: string;
  beforeEach(() => {
    bench = new SessionBench(kind);
    sessions = bench.open();
    userId = bench.newUser();
  });
  afterEach(() => bench.close());

  async function signIn(input: object): Promise<string> {
    bench.time.advance(1_000);
    return (await signedIn(sessions, { userId, ...input })).session.id;
  }

  test('a session shows the mark of its device id, and never the id', async () => {
    await signIn(onLaptop);
    const { data } = await sessions.list(userId);
    expect(data[0]!.device.id).toBe(laptopMark);
    expect(JSON.stringify(data)).not.toContain('laptop-id');
  });

  test('sessions of one device stand together, the device seen last first', async () => {
    const web = await signIn(onLaptop);
    const mobile = await signIn(onPhone);
    const admin = await signIn({ ...onLaptop, applicationId: 'admin' });
    const { data, nextCursor } = await sessions.devices(userId);
    expect(nextCursor).toBeNull();
    expect(data.map((group) => group.sessions.map(({ id }) => id))).toEqual([[admin, web], [mobile]]);
    expect(data[0]).toMatchObject({ device: { id: laptopMark, browser: 'Firefox' }, current: false });
    expect(data[0]!.lastSeenAt).toBe(data[0]!.sessions[0]!.lastSeenAt);
    expect(data[1]!.device).toMatchObject({ os: 'iOS', type: 'phone' });
  });

  test('a session without a device id stands by itself', async () => {
    const one = await signIn({ client: laptop });
    const other = await signIn({ client: laptop });
    const { data } = await sessions.devices(userId);
    expect(data.map((group) => [group.device.id, ...group.sessions.map(({ id }) => id)])).toEqual([
      [null, other],
      [null, one],
    ]);
  });

  test('a device has the name that one of its sessions was given', async () => {
    const named = await signIn(onLaptop);
    await sessions.update(named, { name: 'Work laptop' });
    await signIn({ ...onLaptop, applicationId: 'admin' });
    expect((await sessions.devices(userId)).data[0]!.device.name).toBe('Work laptop');
  });

  test('the same device id with another user is another list', async () => {
    await signIn(onLaptop);
    const other = await signedIn(sessions, onLaptop);
    expect((await sessions.devices(userId)).data).toHaveLength(1);
    expect(await sessions.revokeDevice(other.userId, laptopMark)).toMatchObject({ status: 'ended', count: 1 });
    expect((await sessions.devices(userId)).data[0]!.sessions).toHaveLength(1);
  });

  test('a user without sessions has no devices', async () => {
    expect(await sessions.devices(userId)).toEqual({ data: [], nextCursor: null });
    expect((await sessions.revokeDevice(userId, laptopMark)).status).toBe('not-found');
  });

  test('of a user with more than 500 sessions it takes pages, in 5 round trips each, and all are ended', async () => {
    const applications = Array.from({ length: 520 }, (_, index) => `app-${index}`);
    while (applications.length > 0) {
      const some = applications.splice(0, 20);
      await Promise.all(some.map((applicationId) => signedIn(sessions, { userId, ...onLaptop, applicationId })));
    }
    let first = await sessions.devices(userId);
    expect(await bench.store.callsDuring(async () => (first = await sessions.devices(userId)))).toEqual(
      Array.from({ length: 5 }, () => 'list'),
    );
    const second = await sessions.devices(userId, { cursor: first.nextCursor! });
    expect(first.data.map((group) => group.sessions.length)).toEqual([500]);
    expect(second.data.map((group) => group.sessions.length)).toEqual([20]);
    expect(second.nextCursor).toBeNull();
    const ids = [first, second].flatMap(({ data }) => data.flatMap((group) => group.sessions.map(({ id }) => id)));
    expect(new Set(ids).size).toBe(520);
    expect(await sessions.revokeDevice(userId, laptopMark)).toEqual({ status: 'ended', count: 520, durable: true });
    expect((await sessions.list(userId)).data).toEqual([]);
  });

  test('ending a device ends its sessions and no others, each with its event and its entry', async () => {
    await signIn(onLaptop);
    await signIn({ ...onLaptop, applicationId: 'admin' });
    const mobile = await signIn(onPhone);
    const heard = listenTo(sessions);
    const actor = { type: 'user' } as const;
    expect(await sessions.revokeDevice(userId, laptopMark, { reason: 'revoked', actor })).toEqual({
      status: 'ended',
      count: 2,
      durable: true,
    });
    expect(namesOf(heard)).toEqual(['session.ended', 'session.ended']);
    expect((await sessions.list(userId)).data.map(({ id }) => id)).toEqual([mobile]);
    const { data } = await sessions.history(userId);
    expect(data.filter(({ reason }) => reason === 'revoked')).toHaveLength(2);
    expect((await sessions.revokeDevice(userId, laptopMark)).status).toBe('not-found');
  });

  test('a session may be spared', async () => {
    const spared = await signIn(onLaptop);
    await signIn({ ...onLaptop, applicationId: 'admin' });
    expect(await sessions.revokeDevice(userId, laptopMark, { except: spared })).toMatchObject({ count: 1 });
    expect((await sessions.list(userId)).data.map(({ id }) => id)).toEqual([spared]);
    expect((await sessions.revokeDevice(userId, laptopMark, { except: spared })).status).toBe('not-found');
  });

  test('two who end it at once end it, and nobody is left', async () => {
    for (let count = 0; count < 5; count++) await signIn({ ...onLaptop, applicationId: `app-${count}` });
    const both = [sessions.revokeDevice(userId, laptopMark), sessions.revokeDevice(userId, laptopMark)];
    for (const { status } of await Promise.all(both)) expect(status).toBe('ended');
    expect((await sessions.list(userId)).data).toEqual([]);
  });

  test('where the store fails half-way, a repeat ends the rest', async () => {
    for (let count = 0; count < 3; count++) await signIn({ ...onLaptop, applicationId: `app-${count}` });
    bench.store.interceptNext('revoke', () => Promise.reject(new Error('gone')));
    await expect(sessions.revokeDevice(userId, laptopMark)).rejects.toThrow('gone');
    expect((await sessions.revokeDevice(userId, laptopMark)).status).toBe('ended');
    expect((await sessions.list(userId)).data).toEqual([]);
  });

  test.each(['laptop-id', '', 'x'.repeat(9_000), '..', `${laptopMark}=`])('%j is no device', async (deviceId) => {
    await signIn(onLaptop);
    expect((await sessions.revokeDevice(userId, deviceId)).status).toBe('not-found');
    expect((await sessions.list(userId)).data).toHaveLength(1);
  });

  test('wrong options are refused', async () => {
    const refused = [
      sessions.devices(userId, { limit: 3 } as never),
      sessions.devices(userId, { cursor: 'x' }),
      sessions.revokeDevice(userId, laptopMark, { owner: 'x' } as never),
    ];
    const texts = await Promise.all(refused.map(async (call) => (await rejectionOf(call)).message));
    expect(texts).toEqual([
      expect.stringContaining('devices.limit: unknown option'),
      expect.stringContaining('cursor'),
      expect.stringContaining('revokeDevice.owner: unknown option'),
    ]);
  });
});
