import { mintSessionId, type SessionId } from '../../lib/domain/session-id';
import { Emitter } from '../../lib/events/emitter';
import { readAudit } from '../../lib/options/audit';
import { readPrivacy } from '../../lib/options/privacy';
import type { Touch } from '../../lib/store/commands';
import type { TouchOutcome } from '../../lib/store/outcomes';
import type { SessionStore } from '../../lib/store/session-store';
import { Timekeeper } from '../../lib/use-cases/timekeeper';
import { TouchQueue } from '../../lib/use-cases/touch-queue';
import { UnconfirmedRevocations } from '../../lib/use-cases/unconfirmed-revocations';
import { signInAt } from '../fixtures/session-record';

const id = mintSessionId('alice');
const other = mintSessionId('alice');

function open(answer: (touch: Touch) => Promise<TouchOutcome> = async () => ({ status: 'touched' })): {
  queue: TouchQueue;
  written: Touch[];
  failures: unknown[];
} {
  const written: Touch[] = [];
  const failures: unknown[] = [];
  const touch = (command: Touch): Promise<TouchOutcome> => {
    written.push(command);
    return answer(command);
  };
  const store = {
    touch,
    now: () => signInAt,
    clockErrorMilliseconds: () => 0,
    deadlineMilliseconds: 1_000,
  } as Partial<SessionStore> as SessionStore;
  const events = new Emitter();
  events.on('background.failed', (event) => failures.push(event));
  const time = new Timekeeper(store, undefined);
  const unconfirmed = new UnconfirmedRevocations(time, events, new AbortController().signal);
  const settings = { audit: readAudit({}), privacy: readPrivacy({}) };
  return { queue: new TouchQueue({ settings, store, time, events, unconfirmed }), written, failures };
}

const use = (
  at: number,
  confirm: number | null = null,
  slide = true,
  of: SessionId = id,
): Omit<Touch, 'notAfter'> => ({
  id: of,
  at: signInAt + at,
  slide,
  confirm,
});

test('a use is written after the request’s own work, with the instant at which it is given up', async () => {
  const { queue, written } = open();
  queue.add(use(5));
  expect(written).toEqual([]);
  await Promise.resolve();
  expect(written).toEqual([]);
  await queue.flush();
  expect(written).toEqual([{ ...use(5), notAfter: signInAt + 1_000 }]);
});

test('the uses of one session become one write: the latest time, any activity, the newest generation', async () => {
  const { queue, written } = open();
  queue.add(use(5, 1, false));
  queue.add(use(9, null, true));
  queue.add(use(7, 2, false));
  queue.add(use(3, null, false));
  queue.add(use(1, null, false, other));
  await queue.flush();
  expect(written).toMatchObject([use(9, 2), use(1, null, false, other)]);
});

test('polls alone stay polls', async () => {
  const { queue, written } = open();
  queue.add(use(5, 1, false));
  queue.add(use(6, 1, false));
  await queue.flush();
  expect(written).toMatchObject([use(6, 1, false)]);
});

test('what comes while a write is under way is written after it, never beside it', async () => {
  let finish = (): void => undefined;
  const underWay = new Promise<void>((resolve) => (finish = resolve));
  const { queue, written } = open(async () => {
    await underWay;
    return { status: 'touched' };
  });
  queue.add(use(1));
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  queue.add(use(2, 7));
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  expect(written).toHaveLength(1);
  finish();
  await queue.flush();
  expect(written).toMatchObject([use(1), use(2, 7)]);
});

test('a use that the write under way covers is not written again', async () => {
  let finish = (): void => undefined;
  const underWay = new Promise<void>((resolve) => (finish = resolve));
  const { queue, written } = open(async () => {
    await underWay;
    return { status: 'touched' };
  });
  queue.add(use(1, 7));
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  for (const same of [use(2), use(2, 7), use(2, null, false)]) queue.add(same);
  finish();
  await queue.flush();
  expect(written).toHaveLength(1);
});

test('flush waits for what was added before it, and not for what keeps coming', async () => {
  const { queue, written } = open(async ({ at }) => {
    if (at < signInAt + 1_000) queue.add(use(at - signInAt + 1, at)); // steady traffic
    return { status: 'touched' };
  });
  queue.add(use(0));
  await queue.flush();
  expect(written.length).toBeGreaterThanOrEqual(1);
  expect(written.length).toBeLessThan(5);
});

test('a store that fails is told of once for all that were written together, and later uses are written', async () => {
  const { queue, written, failures } = open(() => Promise.reject(new Error('down')));
  queue.add(use(1));
  queue.add(use(1, null, true, other));
  await queue.flush();
  expect(failures).toEqual([{ operation: 'touch', error: new Error('down'), final: true }]);
  queue.add(use(2));
  await queue.flush();
  expect(written).toHaveLength(3);
});

test('a session that is gone is no failure', async () => {
  const { queue, failures } = open(async () => ({ status: 'missing' }));
  queue.add(use(1));
  await queue.flush();
  expect(failures).toEqual([]);
});

test('B3 no more than ten thousand wait for a store that does not answer; known ones are still merged', async () => {
  const { queue, written } = open();
  const ids = Array.from({ length: 10_001 }, () => mintSessionId('alice'));
  for (const one of ids) queue.add(use(1, null, true, one));
  queue.add(use(2, null, true, ids[0]));
  await queue.flush();
  expect(written).toHaveLength(10_000);
  expect(written[0]).toMatchObject(use(2, null, true, ids[0]));
  queue.add(use(3, null, true, ids[10_000]));
  await queue.flush();
  expect(written).toHaveLength(10_001);
});
