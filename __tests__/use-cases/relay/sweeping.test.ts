import { Emitter } from '../../../lib/events/emitter';
import { Relay } from '../../../lib/use-cases/relay/relay';
import { MemoryStore } from '../../../lib';
import { waitUntil } from '../../harness/wait-until';

let served: string[];
let told: unknown[];
let due: () => Promise<readonly string[]>;
let serve: (tag: string) => Promise<boolean>;
let closing: AbortController;
let relay: Relay;

beforeEach(() => {
  [served, told] = [[], []];
  due = () => Promise.resolve([]);
  serve = () => Promise.resolve(false);
  closing = new AbortController();
  const events = new Emitter();
  events.on('background.failed', (event) => void told.push(event));
  const { outbox } = new MemoryStore();
  const courier = {
    serve(tag: string) {
      served.push(tag);
      return serve(tag);
    },
  };
  relay = new Relay(
    { outbox: { ...outbox, due: () => due() }, time: { at: () => 0 }, events, courier },
    closing.signal,
  );
});

afterEach(() => closing.abort());

test('a tag in which there is more is served again, behind the others', async () => {
  serve = () => Promise.resolve(served.length === 1);
  relay.nudge('00a');
  await relay.idle();
  expect(served).toEqual(['00a', '00a']);
});

test('one that is being served is served again afterwards, and never twice at once', async () => {
  let finish: () => void = () => undefined;
  serve = () => new Promise((resolve) => (finish = () => resolve(false)));
  relay.nudge('00a');
  relay.nudge('00a');
  relay.nudge('00a');
  expect(served).toEqual(['00a']);
  finish();
  await waitUntil('it is served again', () => served.length === 2);
  finish();
  await relay.idle();
  expect(served).toHaveLength(2);
});

test('no more than eight at once', () => {
  serve = () => new Promise(() => undefined);
  for (let tag = 0; tag < 20; tag += 1) relay.nudge(String(tag).padStart(3, '0'));
  expect(served).toHaveLength(8);
});

test('B2 while the store is away nothing is served; it is told once, and goes on by itself', async () => {
  let isAway = true;
  due = () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve([]));
  serve = () => (isAway ? Promise.reject(new Error('away')) : Promise.resolve(false));
  relay.start();
  relay.nudge('00a');
  await waitUntil('it is told', () => told.length > 0, 15_000);
  relay.nudge('00b');
  expect(served).toEqual(['00a']);
  isAway = false;
  await waitUntil('it goes on', () => served.includes('00b') && served.length >= 3, 30_000);
  expect(told).toMatchObject([{ operation: 'audit-relay', final: false }]);
}, 60_000);

test('once closed it begins nothing', async () => {
  closing.abort();
  relay.nudge('00a');
  await relay.idle();
  expect(served).toEqual([]);
});
