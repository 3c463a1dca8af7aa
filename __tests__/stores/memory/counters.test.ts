import type { CounterId } from '../../../lib/domain/slotted-id';
import { budget, newCounter, rule } from '../../../lib/store/conformance/counters';
import { day, minute, start } from '../../../lib/store/conformance/records';
import { retention } from '../../../lib/store/retention';
import { atZero } from '../../../lib/stores/memory/counter-state';
import { Counters } from '../../../lib/stores/memory/counters';
import { Memory } from '../../../lib/stores/memory/memory';
import { readMemoryOptions } from '../../../lib/stores/memory/memory-store-options';
import { count } from '../../../lib/stores/memory/verbs/count';
import { reset } from '../../../lib/stores/memory/verbs/reset';
import { commands } from './scripted';

const userId = 'alice';

describe('bounds', () => {
  const names = (...ids: string[]) => ids as CounterId[];
  const [a, b, c, d] = names('a', 'b', 'c', 'd') as [CounterId, CounterId, CounterId, CounterId];
  let counters: Counters;

  beforeEach(() => {
    counters = new Counters(3, () => start, retention);
  });

  const put = (id: CounterId, heldUntil = 0) => counters.put(id, { ...atZero(), count: 1, heldUntil }, start);
  const left = () => [a, b, c, d].filter((id) => counters.find(id) !== undefined);

  test('where there are too many, the one idle longest is forgotten', () => {
    for (const id of [a, b, c, a, d]) put(id);
    expect(left()).toEqual([a, c, d]);
    expect(counters.size).toBe(3);
  });

  test('one that is held for good is not, while there is another', () => {
    put(a, Infinity);
    put(b, start + day);
    for (const id of [c, d]) put(id);
    expect(left()).toEqual([a, c, d]);
    for (const id of [c, d]) put(id, Infinity);
    put(b);
    expect(left()).toEqual([a, c, d]);
    put(b, Infinity);
    expect(left()).toEqual([b, c, d]);
  });

  test('a counter that is let go is like any other again', () => {
    for (const id of [a, b]) put(id, Infinity);
    for (const id of [b, c, d]) put(id);
    expect(left()).toEqual([a, c, d]);
  });

  test('one that stands at 0 and says nothing more takes no room', () => {
    put(a);
    counters.put(a, atZero(), start);
    expect(counters.size).toBe(0);
  });

  test('a hundred thousand names that were guessed do not fill the memory, nor let a blocked one go', () => {
    const memory = new Memory(readMemoryOptions({ maxSessions: 1 }), () => start);
    const blocked = newCounter(userId);
    count(memory, commands.count(userId, [budget(rule(blocked, [Infinity]))]));
    for (let guess = 0; guess < 100_010; guess++) memory.counters.put(`${guess}` as CounterId, one, start);
    expect(memory.counters.size).toBe(100_000);
    expect(memory.counters.find(blocked)?.heldUntil).toBe(Infinity);
  });

  const one = { ...atZero(), count: 1 };
});

describe('what is past its time', () => {
  let time = start;
  let memory: Memory;
  let id: CounterId;

  beforeEach(() => {
    time = start;
    memory = new Memory(readMemoryOptions({ maxSessions: 10 }), () => time);
    id = newCounter(userId);
  });

  const counted = (hold: number) => count(memory, commands.count(userId, [budget(rule(id, [hold]))], { at: time }));

  /** It is dropped by the sweep at that instant, and not found from then on even without one. */
  function expectLife(milliseconds: number): void {
    time = start + milliseconds - 1;
    memory.collect();
    expect(memory.counters.find(id)).toBeDefined();
    time += 1;
    expect(memory.counters.find(id)).toBeUndefined();
    expect(memory.isEmpty).toBe(false);
    memory.collect();
    expect(memory.isEmpty).toBe(true);
  }

  test('a counter is dropped after its retention', () => {
    counted(minute);
    expectLife(retention.counterMilliseconds);
  });

  test('one that is held for longer stays until the hold is over', () => {
    counted(40 * day);
    expectLife(40 * day);
  });

  test('a known one stays longer', () => {
    reset(memory, commands.reset(userId, [], { known: id }));
    counted(0);
    expectLife(retention.knownMilliseconds);
  });

  test('one that is held for good stays for good', () => {
    counted(Infinity);
    time = start + 9_000 * day;
    memory.collect();
    expect(memory.isEmpty).toBe(false);
    expect(counted(Infinity).status).toBe('held');
    reset(memory, commands.reset(userId, [id], { at: time, audit: null }));
    time += retention.counterMilliseconds;
    memory.collect();
    expect(memory.isEmpty).toBe(true);
  });
});
