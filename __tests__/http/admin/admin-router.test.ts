import { adminRouter, MemoryStore, SessionManager } from '../../../lib';
import type { FleetEnding } from '../../../lib/store/fleet';
import { refusalOf } from '../../fixtures/refusal-of';
import { signedIn } from '../../fixtures/session-bench';
import { waitUntil } from '../../harness/wait-until';
import { frameworks } from '../fixtures/frameworks';
import { AdminBench } from './fixtures/admin-bench';

const openManager = (): SessionManager => new SessionManager({ store: new MemoryStore() });

describe('adminRouter', () => {
  test.each([[undefined], [{}], [{ browsers: 'admitted' }]])(
    'is not made without a way to tell who calls: %j',
    (options) => {
      const error = refusalOf(() => adminRouter(openManager(), options as never));
      expect(error).toMatchObject({ code: 'options_invalid' });
      expect(error.message).toContain('adminRouter');
    },
  );

  test('names an option that it does not know', () => {
    const options = { authorise: () => null };
    expect(refusalOf(() => adminRouter(openManager(), options as never)).message).toContain(
      "adminRouter.authorise: unknown option; did you mean 'authorize'?",
    );
  });

  test('takes up an ending of everybody’s sessions that a crash has left half done, though nobody calls', async () => {
    const store = new MemoryStore();
    const at = Date.now();
    const before = new SessionManager({ store });
    const { tokens } = await signedIn(before);
    const ending: FleetEnding = {
      id: 'A'.repeat(22),
      version: 1,
      floor: at + 60_000,
      reason: 'breach',
      actor: { type: 'system' },
      startedAt: at,
      finishedAt: null,
      expected: 1,
      endedSessions: 0,
      endedUsers: 0,
      durable: true,
      cursor: null,
      pending: { batch: 0, users: [], again: false },
      lease: null,
    };
    await store.saveFleetEnding({ attempt: Buffer.alloc(8, 1), at, notAfter: at + 60_000, ending });
    const after = new SessionManager({ store });
    adminRouter(after, { authorize: () => null });
    await waitUntil('it is finished', async () => (await store.findFleetEnding())?.finishedAt !== null, 15_000);
    expect(await after.verify(tokens.accessToken)).toMatchObject({ status: 'revoked', reason: 'breach' });
    await after.close();
  });
});

describe.each(frameworks)('adminRouter on $name', (framework) => {
  let bench: AdminBench;
  beforeEach(() => (bench = new AdminBench({ framework })));
  afterEach(() => bench.sessions.close());

  test('A53: an unknown path is 404 to whoever may call, and 401 to whoever may not', async () => {
    expect((await bench.call('get', '/nothing').expect(404)).body).toMatchObject({ code: 'not_found' });
    expect((await bench.callFreely('get', '/nothing').expect(401)).body).toMatchObject({ code: 'secret_invalid' });
  });

  test('HEAD is GET without a body', async () => {
    const answer = await bench.call('head', '/users/alice/sessions').expect(200);
    expect(answer.get('Content-Type')).toContain('application/json');
    expect(answer.text).toBeFalsy();
  });

  test('A53: a bug is 500 without a word of it', async () => {
    const warnings = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    bench.store.interceptNext('list', () => Promise.reject(new RangeError('inside')));
    const answer = await bench.call('get', '/users/alice/sessions').expect(500);
    expect(answer.body).toMatchObject({ code: 'internal_error' });
    expect(answer.text).not.toContain('inside');
    warnings.mockRestore();
  });

  test('a slash at the end of a path changes nothing', async () => {
    await bench.call('get', '/users/alice/limit/').expect(200);
  });
});
