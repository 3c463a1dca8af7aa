import type { SessionManager } from '../../../lib';
import { listenTo, SessionBench, signedIn } from '../../fixtures/session-bench';
import { storeKinds } from '../../fixtures/stores';
import { waitUntil } from '../../harness/wait-until';
import { away, GatheringSink, hanging } from './fixtures/gathering-sink';

let bench: SessionBench;
let sink: GatheringSink;
let sessions: SessionManager;

beforeEach(() => {
  bench = new SessionBench(storeKinds[0]!);
  sink = new GatheringSink('told', { durable: false, timeout: 300 });
  sessions = bench.open({ audit: { sinks: [sink] } });
});

afterEach(() => sessions.close());

test('A67 a sink that hangs keeps no sign-in, and what it did not take is told', async () => {
  sink.act = hanging;
  const heard = listenTo(sessions);
  const { session } = await signedIn(sessions);
  expect((await sessions.revoke(session.id)).status).toBe('ended');
  await waitUntil('it is told', () => heard.some(({ name }) => name === 'audit.sink-failed'), 15_000);
  expect(heard.find(({ name }) => name === 'audit.sink-failed')?.event).toMatchObject({
    sink: 'told',
    final: false,
  });
});

test('A67 a sink that throws at once reaches no caller', async () => {
  sink.act = () => {
    throw new Error('it is broken');
  };
  await expect(signedIn(sessions)).resolves.toMatchObject({});
  expect(sink.got).toEqual([]);
});

test('what failed is tried again a moment later', async () => {
  sink.act = () => {
    sink.act = () => Promise.resolve();
    return away();
  };
  await signedIn(sessions);
  await sessions.audit.flush();
  expect(sink.calls).toHaveLength(2);
  expect(sink.got).toHaveLength(1);
});

test('of entries that came while it was busy none is left, and none is told twice', async () => {
  let go: () => void = () => undefined;
  sink.act = () => new Promise((resolve) => (go = resolve));
  const { userId } = await signedIn(sessions);
  for (let index = 0; index < 20; index += 1) await signedIn(sessions, { userId });
  sink.act = () => Promise.resolve();
  go();
  await sessions.audit.flush();
  expect(new Set(sink.ids).size).toBe(21);
  expect(sink.got).toHaveLength(21);
});

test('of more than ten thousand that wait the oldest make room, which is told', async () => {
  const slow = new GatheringSink('told', { durable: false });
  let go: () => void = () => undefined;
  slow.act = () => new Promise((resolve) => (go = resolve));
  const writing = bench.open({ audit: { sinks: [slow] } });
  const heard = listenTo(writing);
  const { session } = await signedIn(writing);
  for (let index = 0; index < 10_005; index += 1) await writing.update(session.id, { name: `name ${index}` });
  slow.act = () => Promise.resolve();
  go();
  await writing.audit.flush();
  const dropped = heard.flatMap(({ name, event }) => (name === 'audit.entry-dropped' ? [event] : []));
  expect(dropped).toMatchObject([
    { sink: 'told', count: 1 },
    { sink: 'told', count: expect.any(Number) as number },
  ]);
  const lost = dropped.reduce((sum, event) => sum + (event as { count: number }).count, 0);
  // One was under way, and ten thousand waited.
  expect(slow.got.length + lost).toBe(10_006);
  expect(slow.got.length).toBe(10_001);
});

test('on close what waits is handed over, and a sink is closed, after five seconds whatever it does', async () => {
  const closed: string[] = [];
  const closing = Object.assign(new GatheringSink('told', { durable: false, timeout: 300_000 }), {
    close: () => void closed.push('told'),
  });
  closing.act = hanging;
  const broken = { name: 'broken', durable: false, deliver: away, close: away };
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const ending = bench.open({ audit: { sinks: [closing, broken] } });
  await signedIn(ending);
  await ending.close();
  expect(closed).toEqual(['told']);
  expect(warn.mock.calls.map(([message]) => message)).toEqual([expect.stringMatching(/^The sink 'broken'/)]);
  warn.mockRestore();
}, 30_000);
