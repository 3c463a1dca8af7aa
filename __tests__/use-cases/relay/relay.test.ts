import { feedSink, type HistoryEntry, type SessionManager } from '../../../lib';
import { SessionBench, signedIn } from '../../fixtures/session-bench';
import { storeKinds } from '../../fixtures/stores';
import { waitUntil } from '../../harness/wait-until';
import { GatheringSink } from './fixtures/gathering-sink';
import { keptOpen } from './fixtures/kept-open';

describe.each(storeKinds)('the relay on $name', (kind) => {
  let bench: SessionBench;
  let sink: GatheringSink;
  let other: GatheringSink;
  let opened: SessionManager[];

  beforeEach(() => {
    bench = new SessionBench(kind);
    sink = new GatheringSink('first');
    other = new GatheringSink('other');
    opened = [];
  });

  afterEach(async () => {
    await Promise.all(opened.map((sessions) => sessions.close()));
    await bench.close();
  });

  function open(sinks = [sink, other], relay = true): SessionManager {
    const sessions = bench.open({ store: keptOpen(bench.store.port), audit: { sinks, relay } });
    opened.push(sessions);
    return sessions;
  }

  /** A user whose history has as many entries as this. */
  async function withHistory(sessions: SessionManager, entries: number): Promise<HistoryEntry[]> {
    const { userId, session } = await signedIn(sessions);
    for (let index = 1; index < entries; index += 1) await sessions.update(session.id, { name: `name ${index}` });
    const { data } = await sessions.history(userId, { limit: 100 });
    return data.toReversed();
  }

  test('each durable sink gets what the history has, with whose it is, once and in order', async () => {
    const sessions = open();
    const histories = [await withHistory(sessions, 5), await withHistory(sessions, 3)];
    await sessions.audit.flush();
    for (const { got } of [sink, other]) {
      expect(got).toHaveLength(8);
      for (const history of histories) {
        expect(got.filter(({ subject }) => subject === history[0]?.subject)).toEqual(history);
      }
    }
    await sessions.audit.flush();
    expect(sink.got).toHaveLength(8);
  });

  test('what this process writes is on its way without being asked for', async () => {
    const { port } = bench.store;
    // Sweeps find nothing: it is by the hint alone.
    const outbox = { ...port.outbox, due: () => Promise.resolve([]) };
    const store = new Proxy(keptOpen(port), {
      get: (target, name) => (name === 'outbox' ? outbox : (Reflect.get(target, name) as unknown)),
    });
    const sessions = bench.open({ store, audit: { sinks: [sink] } });
    opened.push(sessions);
    const { userId } = await signedIn(sessions);
    await waitUntil('the sink has it', () => sink.got.length === 1, 15_000);
    await sessions.privacy.erase(userId);
    await waitUntil('and that the user was erased', () => sink.got.length === 2, 15_000);
    expect(sink.got[1]).toMatchObject({ event: 'user_erased', subject: null });
  });

  test('of many entries none is left behind', async () => {
    const sessions = open([sink]);
    const userId = bench.newUser();
    for (let index = 0; index < 120; index += 1) await signedIn(sessions, { userId });
    await signedIn(sessions, { userId, limit: { max: 1, onExceeded: 'evict-oldest' } });
    await waitUntil('all have come', () => sink.got.length >= 142, 15_000);
    await sessions.audit.flush();
    expect(new Set(sink.ids).size).toBe(142);
    expect(sink.got).toHaveLength(142);
  });

  test('a process that only writes delivers nothing; another finds it', async () => {
    const writer = open([sink], false);
    const written = await withHistory(writer, 2);
    await writer.audit.flush();
    expect(sink.calls).toEqual([]);
    await open([sink]).audit.flush();
    expect(sink.got).toEqual(written);
  });

  test('two that share the work deliver each entry once', async () => {
    const managers = [open([sink]), open([sink])];
    const users = await Promise.all(Array.from({ length: 30 }, (_, index) => withHistory(managers[index % 2]!, 3)));
    await Promise.all(managers.map((sessions) => sessions.audit.flush()));
    // What one has the lease of, the other leaves alone.
    await waitUntil('all have come', () => sink.got.length >= 90, 15_000);
    expect([...sink.ids].sort()).toEqual(
      users
        .flat()
        .map(({ id }) => id)
        .sort(),
    );
  });

  test('B5 a process that dies between delivery and settling: the entry comes again, from another', async () => {
    const dying = open([sink]);
    await signedIn(dying);
    await dying.audit.flush();
    // As another process would have left it: claimed, delivered, and never settled.
    const tag = sink.got[0]!.sessionId!.slice(0, 3);
    await signedIn(open([sink], false), { userId: sink.got[0]!.subject! });
    const { outbox } = bench.store.port;
    const at = bench.time.now();
    await waitUntil('the lease is free', async () => {
      const claimed = await outbox.claim({ tag, worker: 'dead', at, until: at + 30_000, limit: 100 });
      return claimed.status === 'claimed' && claimed.letters.length === 1;
    });
    const heir = open([other]);
    await heir.audit.flush();
    expect(other.got).toEqual([]);
    bench.time.advance(30_001);
    await heir.audit.flush();
    expect(other.got).toHaveLength(1);
  });

  test('on close nothing new is begun, and the leases are given back', async () => {
    let arrive: () => void = () => undefined;
    sink.act = () => new Promise((resolve) => (arrive = resolve));
    const closing = open([sink]);
    await signedIn(closing);
    await waitUntil('it is under way', () => sink.calls.length === 1, 15_000);
    const closed = closing.close();
    arrive();
    await closed;
    expect(sink.got).toHaveLength(1);
    sink.act = () => Promise.resolve();
    const next = open([sink]);
    await signedIn(next, { userId: sink.got[0]!.subject! });
    // Without waiting for any lease to run out.
    await waitUntil('the next one delivers', () => sink.got.length === 2, 15_000);
  });

  test('the feed is read from cursor to cursor, and its cursor never ends', async () => {
    const sessions = bench.open({ audit: { sinks: [feedSink()] } });
    opened.push(sessions);
    const empty = await sessions.audit.feed();
    expect(empty.data).toEqual([]);
    const history = await withHistory(sessions, 4);
    await sessions.audit.flush();
    const first = await sessions.audit.feed({ cursor: empty.nextCursor, limit: 3 });
    const rest = await sessions.audit.feed({ cursor: first.nextCursor });
    expect([...first.data, ...rest.data]).toEqual(history);
    expect(first.data).toHaveLength(3);
    const end = await sessions.audit.feed({ cursor: rest.nextCursor });
    expect(end.data).toEqual([]);
    const more = await withHistory(sessions, 1);
    await sessions.audit.flush();
    expect((await sessions.audit.feed({ cursor: end.nextCursor })).data).toEqual(more);
    await expect(sessions.audit.feed({ cursor: 'x' })).rejects.toThrow(/cursor/);
  });
});
