import { MemoryStore } from '../../../lib';
import { Emitter } from '../../../lib/events/emitter';
import type { Letter, Outbox } from '../../../lib/store/outbox';
import { Courier } from '../../../lib/use-cases/relay/courier';
import { sinkDestination } from '../../../lib/use-cases/relay/destination';
import { Outlet } from '../../../lib/use-cases/relay/outlet';
import { Timekeeper } from '../../../lib/use-cases/timekeeper';
import { SessionBench, signedIn } from '../../fixtures/session-bench';
import { storeKinds } from '../../fixtures/stores';
import { waitUntil } from '../../harness/wait-until';
import { GatheringSink } from './fixtures/gathering-sink';
import { keptOpen } from './fixtures/kept-open';

const lease = 5_000;

let store: MemoryStore;
let tag: string;
let sink: GatheringSink;
let events: Emitter;
const never = new AbortController().signal;

beforeEach(async () => {
  store = new MemoryStore();
  sink = new GatheringSink('first');
  events = new Emitter();
  const writer = new SessionBench(storeKinds[0]!).open({
    store: keptOpen(store),
    clock: undefined,
    audit: { sinks: [sink], relay: false },
  });
  tag = (await signedIn(writer)).session.id.slice(0, 3);
  await writer.close();
});

afterEach(() => store.close());

function courier(outbox: Outbox = store.outbox, cut = never): Courier {
  const time = new Timekeeper(store, undefined);
  const outlet = new Outlet(sinkDestination(sink), { events, monotonic: time.monotonic, closing: never });
  return new Courier({ outbox, time, events, outlets: new Map([['first', outlet]]), closing: never, cut, lease });
}

/** The outbox, with one verb replaced. */
function having(verb: Partial<Outbox>): Outbox {
  return { ...store.outbox, ...verb };
}

test('the lease is renewed while a sink takes its time', async () => {
  let arrive: () => void = () => undefined;
  sink.act = () => new Promise((resolve) => (arrive = resolve));
  const renewals: number[] = [];
  const served = courier(
    having({
      claim(command) {
        if (command.limit === 0) renewals.push(command.until);
        return store.outbox.claim(command);
      },
    }),
  ).serve(tag);
  await waitUntil('it has been renewed past its first end', () => renewals.length >= 4, 15_000);
  const at = store.now();
  const other = await store.outbox.claim({ tag, worker: 'other', at, until: at + lease, limit: 100 });
  expect(other.status).toBe('leased');
  arrive();
  await served;
  expect(sink.got).toHaveLength(1);
});

test('where the lease is another’s by then, the sink is told to stop, and nothing is settled', async () => {
  let stopped = false;
  sink.act = (_, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        stopped = true;
        reject(new Error('stopped'));
      });
    });
  let claims = 0;
  const settled: unknown[] = [];
  const outbox = having({
    claim(command) {
      claims += 1;
      if (claims === 1) return store.outbox.claim(command);
      return Promise.resolve({ status: 'leased', until: command.until });
    },
    settle(command) {
      settled.push(command);
      return Promise.resolve({ status: 'lost' });
    },
  });
  expect(await courier(outbox).serve(tag)).toBe(false);
  expect(stopped).toBe(true);
  expect(settled).toMatchObject([{ later: [{ dueAt: expect.any(Number) as number }], dead: [] }]);
});

test('what cannot be read here is no reason to ask for it again and again', async () => {
  const outbox = having({
    claim: () => Promise.resolve({ status: 'claimed', letters: [], dropped: 0 }),
    settle: () => Promise.resolve({ status: 'settled', remaining: 3 }),
  });
  expect(await courier(outbox).serve(tag)).toBe(false);
});

test('what the outbox lost is told, also where that shows with a renewal', async () => {
  const heard: unknown[] = [];
  events.on('audit.entry-dropped', (event) => void heard.push(event));
  const outbox = having({ claim: () => Promise.resolve({ status: 'claimed', letters: [], dropped: 7 }) });
  await courier(outbox).serve(tag);
  expect(heard).toEqual([{ sink: null, count: 7 }]);
});

test('of more than a round holds, it says that there is more', async () => {
  const letters: Letter[] = Array.from({ length: 100 }, (_, index) => ({ ...letterOf(), id: `letter ${index}` }));
  let rounds = 0;
  const released: boolean[] = [];
  const outbox = having({
    claim: () => Promise.resolve({ status: 'claimed', letters, dropped: 0 }),
    settle({ release }) {
      rounds += 1;
      released.push(release);
      return Promise.resolve({ status: 'settled', remaining: 5 });
    },
  });
  expect(await courier(outbox).serve(tag)).toBe(true);
  expect(rounds).toBe(10);
  // Given back at the end alone, so that nobody comes in between.
  expect(released.filter(Boolean)).toHaveLength(1);
  expect(released.at(-1)).toBe(true);
});

function letterOf(): Letter {
  return {
    id: 'letter',
    userId: 'alice',
    sink: null,
    attempts: 0,
    entry: {
      id: 'AAAAAAAAAAA',
      at: 0,
      event: 'session_revoked',
      actor: { type: 'user' },
      sessionId: null,
      reason: null,
      count: null,
      ip: null,
      client: null,
      subject: null,
      relayed: true,
    },
  };
}
