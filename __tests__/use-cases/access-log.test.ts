import { SessionBench } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';
import type { SessionManager } from '../../lib/session-manager';

describe.each(storeKinds)('the log of the administrators’ API on $name', (kind) => {
  let bench: SessionBench;
  let sessions: SessionManager;
  beforeEach(() => {
    bench = new SessionBench(kind);
    sessions = bench.open();
  });
  afterEach(() => bench.close());

  async function record(actor: string | null, status = 200): Promise<void> {
    const nobody = { userId: null, sessionId: null, ip: null };
    await sessions.access.record({ actor, operation: 'listUserSessions', status, code: null, ...nobody });
  }

  test('gives the newest first, page by page', async () => {
    for (let status = 200; status < 205; status++) await record('desk', status);
    const first = await sessions.access.history({ limit: 3 });
    expect(first.data.map(({ status }) => status)).toEqual([204, 203, 202]);
    const second = await sessions.access.history({ limit: 3, cursor: first.nextCursor! });
    expect([second.data.map(({ status }) => status), second.nextCursor]).toEqual([[201, 200], null]);
    expect(first.data[0]!.at).toBe(new Date(bench.time.now()).toISOString());
    expect(Object.keys(first.data[0]!).sort()).toEqual(
      ['actor', 'at', 'code', 'id', 'ip', 'operation', 'sessionId', 'status', 'userId'].sort(),
    );
  });

  test('costs one round trip to write and one to read', async () => {
    expect(await bench.store.callsDuring(() => record('desk'))).toEqual(['logAccess']);
    expect(await bench.store.callsDuring(() => sessions.access.history({ actor: 'desk' }))).toEqual(['accessLog']);
  });

  test('of one actor gives no other', async () => {
    for (const actor of ['desk', 'ann', null, 'desk']) await record(actor);
    const { data } = await sessions.access.history({ actor: 'desk' });
    expect(data.map(({ actor }) => actor)).toEqual(['desk', 'desk']);
  });

  test('an entry that is lost on its way throws, and is told to nobody', async () => {
    const heard: unknown[] = [];
    sessions.on('admin.called', (event) => heard.push(event));
    bench.store.failNext('logAccess');
    await expect(record('desk')).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(heard).toEqual([]);
  });

  test.each([
    [{ limit: 0 }, 'limit'],
    [{ limit: 1.5 }, 'limit'],
    [{ actor: '' }, 'actor'],
    [{ actor: 7 }, 'actor'],
    [{ cursor: '' }, 'cursor'],
    [{ cursor: 'MS0x' }, 'cursor'],
    [{ cursor: {} }, 'cursor'],
  ])('refuses %j, naming the option', async (options, field) => {
    const refusal = await sessions.access.history(options as never).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'request_invalid', field });
  });

  test('refuses the cursor of another actor, and options that there are not', async () => {
    for (let count = 0; count < 3; count++) await record('desk');
    const { nextCursor } = await sessions.access.history({ actor: 'desk', limit: 1 });
    for (const options of [{ cursor: nextCursor! }, { cursor: nextCursor!, actor: 'ann' }]) {
      await expect(sessions.access.history(options)).rejects.toMatchObject({ field: 'cursor' });
    }
    await expect(sessions.access.history({ user: 'x' } as never)).rejects.toMatchObject({
      code: 'options_invalid',
    });
  });
});
