import type { HistoryEntry, SessionManager } from '../../../lib';
import { listenTo, SessionBench, signedIn } from '../../fixtures/session-bench';
import { storeKinds } from '../../fixtures/stores';
import { away, GatheringSink, hanging } from './fixtures/gathering-sink';
import { keptOpen } from './fixtures/kept-open';

const hour = 3_600_000;

describe.each(storeKinds)('sinks that fail, on $name', (kind) => {
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

  test('A67 a sink that hangs holds up neither a sign-in nor the other sinks, and is told of', async () => {
    sink = new GatheringSink('first', { timeout: 300 });
    sink.act = hanging;
    const sessions = open();
    const heard = listenTo(sessions);
    // Awaited while nothing ever answers.
    const { session } = await signedIn(sessions);
    expect((await sessions.revoke(session.id)).status).toBe('ended');
    await sessions.audit.flush();
    expect(other.events).toEqual(['session_created', 'session_revoked']);
    expect(sink.got).toEqual([]);
    expect(heard.find(({ name }) => name === 'audit.sink-failed')?.event).toMatchObject({
      sink: 'first',
      error: { name: 'TimedOut' },
      final: false,
    });
  });

  test('A67 a sink that throws reaches no caller, and its entries come again with growing pauses', async () => {
    sink.act = away;
    const sessions = open();
    await signedIn(sessions);
    await sessions.audit.flush();
    expect([sink.calls.length, other.got.length]).toEqual([1, 1]);
    await sessions.audit.flush();
    expect(sink.calls).toHaveLength(1);
    const pauses = [6_001, 360_001, 0.6 * hour + 1, 2.4 * hour + 1];
    for (const [index, pause] of pauses.entries()) {
      bench.time.advance(pause);
      await sessions.audit.flush();
      expect(sink.calls).toHaveLength(index + 2);
    }
    sink.act = () => Promise.resolve();
    bench.time.advance(6 * hour + 1);
    await sessions.audit.flush();
    expect([sink.got.length, other.got.length]).toEqual([1, 1]);
  });

  test('one that is away for three days and more leaves dead letters, which can be delivered again', async () => {
    sink.act = away;
    const sessions = open();
    const heard = listenTo(sessions);
    const [entry] = await withHistory(sessions, 1);
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      await sessions.audit.flush();
      bench.time.advance(29 * hour);
    }
    expect(sink.calls).toHaveLength(10);
    const because = 'the sink threw Error';
    const { data } = await sessions.audit.deadLetters();
    expect(data).toEqual([{ sink: 'first', entry, because, diedAt: expect.stringMatching(/Z$/) as string }]);
    expect(heard.filter(({ name }) => name === 'audit.dead-letter').map(({ event }) => event)).toEqual([
      { sink: 'first', entry, because },
    ]);
    expect(heard.filter(({ name }) => name === 'audit.sink-failed').at(-1)?.event).toMatchObject({ final: true });
    expect(await sessions.audit.deadLetters({ sink: 'other' })).toEqual({ data: [] });
    expect(await sessions.audit.redeliver({ sink: 'other' })).toEqual({ count: 0 });
    for (const sink of ['', 'web hook', '-', 'x'.repeat(65)]) {
      const refused = { code: 'request_invalid', field: 'sink' };
      await expect(sessions.audit.redeliver({ sink })).rejects.toMatchObject(refused);
      await expect(sessions.audit.deadLetters({ sink })).rejects.toMatchObject(refused);
    }

    sink.act = () => Promise.resolve();
    expect(await sessions.audit.redeliver({ sink: 'first' })).toEqual({ count: 1 });
    await sessions.audit.flush();
    expect(sink.got).toEqual([entry]);
    expect(other.got).toHaveLength(1);
    expect(await sessions.audit.deadLetters()).toEqual({ data: [] });
    expect(await sessions.audit.redeliver()).toEqual({ count: 0 });
  });

  test('a poison entry dies alone: those it came with go on without it', async () => {
    const writer = open([sink], false);
    const entries = await withHistory(writer, 5);
    sink.act = (given) => (given.some(({ id }) => id === entries[2]?.id) ? away() : Promise.resolve());
    const relaying = open([sink]);
    for (let attempt = 1; attempt <= 10; attempt += 1) {
      await relaying.audit.flush();
      bench.time.advance(29 * hour);
    }
    expect([...sink.ids].sort()).toEqual(
      entries
        .filter((_, index) => index !== 2)
        .map(({ id }) => id)
        .sort(),
    );
    const { data } = await relaying.audit.deadLetters();
    expect(data.map(({ entry }) => entry)).toEqual([entries[2]]);
  });

  test('a sink says which entries have not arrived, which never will, and when to come again', async () => {
    const writer = open([sink], false);
    const [first, second, third] = await withHistory(writer, 3);
    sink.act = (given) =>
      Promise.resolve({
        failed: [
          { id: first!.id, because: 'refused', final: true },
          { id: third!.id, because: 'busy', retryAfter: 2 * hour },
        ].filter(({ id }) => given.some((entry) => entry.id === id)),
      });
    const sessions = open([sink]);
    await sessions.audit.flush();
    expect(sink.got).toEqual([second]);
    const { data } = await sessions.audit.deadLetters();
    expect(data).toMatchObject([{ entry: first, because: 'refused' }]);
    sink.act = () => Promise.resolve();
    bench.time.advance(2 * hour - 1);
    await sessions.audit.flush();
    expect(sink.got).toHaveLength(1);
    bench.time.advance(2);
    await sessions.audit.flush();
    expect(sink.got).toEqual([second, third]);
  });

  test('what failed for a sink that a process does not have waits for one that has it', async () => {
    sink.act = away;
    const first = open([sink]);
    await signedIn(first);
    await first.audit.flush();
    await first.close();
    sink.act = () => Promise.resolve();
    bench.time.advance(6_001);
    await open([other]).audit.flush();
    expect(other.got).toEqual([]);
    bench.time.advance(360_001);
    const third = open([new GatheringSink('third'), sink]);
    await third.audit.flush();
    expect(sink.got).toHaveLength(1);
  });
});
