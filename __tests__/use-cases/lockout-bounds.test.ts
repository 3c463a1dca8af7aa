import fc from 'fast-check';
import { MemoryStore } from '../../lib/stores/memory/memory-store';
import { RedisStore } from '../../lib/stores/redis/redis-store';
import { SessionManager } from '../../lib/session-manager';
import type { LockoutOptions } from '../../lib/options/lockout';
import { lockoutSchedules } from '../../lib/policies/lockout';
import type { SessionStore } from '../../lib/store/session-store';
import { elsewhere, guess, succeed } from '../fixtures/guesses';
import { SessionBench } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';
import { freshPrefix, testRedisUrl } from '../harness/test-redis';

const hour = 3_600_000;
const unlimited = { freeFailures: 100, maxFailures: 100, maxFailuresPerPair: 100, maxFailuresPerAddress: 10_000 };

async function answered(waits: readonly Promise<number>[]): Promise<number> {
  return (await Promise.all(waits)).filter((wait) => wait === 0).length;
}

function times<Result>(count: number, make: (index: number) => Result): Result[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

describe.each(storeKinds)('parallel guesses on $name', (kind) => {
  let bench: SessionBench;
  beforeEach(() => (bench = new SessionBench(kind)));
  afterEach(() => bench.close());

  const everywhere = (sessions: SessionManager, account: string, count: number): Promise<number>[] =>
    times(count, () => guess(sessions, account, elsewhere()));

  test('A68 of two hundred at once as many are answered as come before the first delay', async () => {
    const sessions = bench.open();
    expect(await answered(everywhere(sessions, bench.newUser(), 200))).toBe(4);
  });

  test('A68 without delays the lock itself bounds them', async () => {
    const sessions = bench.open({ lockout: { freeFailures: 100, maxFailures: 30 } });
    expect(await answered(everywhere(sessions, bench.newUser(), 200))).toBe(30);
  });

  test('A69 two hundred accounts from one address are bounded by the address', async () => {
    const sessions = bench.open();
    const here = elsewhere();
    expect(await answered(times(200, () => guess(sessions, bench.newUser(), here)))).toBe(100);
  });

  test('A68 two hundred right passwords at once, from one address, are all let in', async () => {
    const sessions = bench.open();
    const input = { account: bench.newUser(), client: elsewhere() };
    const verdicts = await Promise.all(
      times(200, async () => {
        const admission = await sessions.lockout.check(input);
        return admission.status === 'open' ? sessions.lockout.recordSuccess(input) : admission;
      }),
    );
    expect(new Set(verdicts.map(({ status }) => status))).toEqual(new Set(['open']));
  });

  test('A68 of two hundred that leave before the answer five count as none', async () => {
    const sessions = bench.open({ lockout: unlimited });
    const input = { account: bench.newUser(), client: elsewhere() };
    const verdicts = await Promise.all(
      times(200, () => sessions.lockout.recordFailure(input, { clientLeft: true })),
    );
    expect(verdicts.filter(({ status }) => status === 'open')).toHaveLength(80);
    expect(await sessions.lockout.state(input.account)).toMatchObject({ status: 'blocked', failures: 75 });
  });

  test('what a client leaves behind counts as none anew after a success', async () => {
    const sessions = bench.open();
    const account = bench.newUser();
    for (let round = 0; round < 3; round++) {
      for (let tried = 0; tried < 5; tried++) {
        await sessions.lockout.recordFailure({ account, client: elsewhere() }, { clientLeft: true });
      }
      expect(await sessions.lockout.state(account)).toMatchObject({ failures: 0 });
      await succeed(sessions, account, elsewhere());
    }
    const here = elsewhere();
    for (let left = 0; left < 6; left++) {
      await sessions.lockout.recordFailure({ account, client: here }, { clientLeft: true });
    }
    expect(await sessions.lockout.state(account)).toMatchObject({ failures: 1 });
  });
});

const anyOptions = {
  maxFailures: fc.constantFrom(1, 10, 99, 100),
  maxFailuresPerPair: fc.constantFrom(1, 100),
  maxFailuresPerAddress: fc.constantFrom(1, 10_000),
  action: fc.constantFrom('suspend', 'block'),
  duration: fc.constantFrom('1s', '30d'),
  freeFailures: fc.constantFrom(0, 3, 100),
  longestDelay: fc.constantFrom('0s', '1h'),
} as const;

test('A68 at most a hundred failures of one account are answered between two successes, however attempts overlap', async () => {
  const options: fc.Arbitrary<LockoutOptions> = fc.record(anyOptions);
  const steps = fc.array(
    fc.record({
      // An attempt is let in by `check` and judged by any later step, in any order.
      what: fc.constantFrom('check', 'check', 'check', 'fail', 'fail', 'leave', 'succeed'),
      device: fc.constantFrom(undefined, 'known-1', 'known-2', 'known-3', 'forged'),
      here: fc.boolean(),
      wait: fc.constantFrom(0, 0, 1_000, hour, 40 * 24 * hour),
      which: fc.nat(),
      isRight: fc.integer({ min: 0, max: 99 }).map((one) => one === 0),
    }),
    { minLength: 300, maxLength: 600 },
  );
  await fc.assert(
    fc.asyncProperty(options, steps, async (lockout, sequence) => {
      const bench = new SessionBench({ name: 'memory', open: () => new MemoryStore() });
      const sessions = bench.open({ lockout });
      const account = bench.newUser();
      const here = elsewhere();
      for (const deviceId of ['known-1', 'known-2', 'known-3']) await succeed(sessions, account, {}, { deviceId });
      const underway: { account: string; client: object }[] = [];
      let failures = 0;
      for (const { what, device, here: isHere, wait, which, isRight } of sequence) {
        bench.time.advance(wait);
        if (what === 'check') {
          const client = { ...(isHere ? here : elsewhere()), ...(device !== undefined && { deviceId: device }) };
          const input = { account, client };
          if ((await sessions.lockout.check(input)).status === 'open') underway.push(input);
          continue;
        }
        const [input] = underway.splice(which % Math.max(underway.length, 1), 1);
        if (!input || (what === 'succeed' && !isRight)) continue;
        const { lockout: judge } = sessions;
        if (what === 'succeed') {
          if ((await judge.recordSuccess(input)).status === 'open') failures = 0;
        } else {
          const verdict = await judge.recordFailure(input, { clientLeft: what === 'leave' });
          if (verdict.status === 'open') failures += 1;
        }
        expect(failures).toBeLessThanOrEqual(100);
      }
      await bench.close();
    }),
    { numRuns: 40 },
  );
});

test('A68 in whatever order the store gets to them, no more are answered at once than come before the first delay', async () => {
  const kinds = fc.array(fc.constantFrom('wrong', 'wrong', 'wrong', 'left', 'right'), {
    minLength: 10,
    maxLength: 40,
  });
  await fc.assert(
    fc.asyncProperty(fc.record(anyOptions), kinds, fc.scheduler(), async (lockout, attempts, scheduler) => {
      const bench = new SessionBench({ name: 'memory', open: () => new MemoryStore() });
      const sessions = bench.open({ lockout, store: reordered(bench.store.port, scheduler) });
      const account = bench.newUser();
      const counts = { wrong: 0, left: 0, right: 0 };
      const underway = attempts.map(async (kind) => {
        const input = { account, client: elsewhere() };
        if ((await sessions.lockout.check(input)).status === 'refused') return;
        const options = { clientLeft: kind === 'left' };
        const { status } =
          kind === 'right'
            ? await sessions.lockout.recordSuccess(input)
            : await sessions.lockout.recordFailure(input, options);
        if (status === 'open') counts[kind] += 1;
      });
      await scheduler.waitFor(Promise.all(underway));
      const { account: holds } = lockoutSchedules(sessions.settings.lockout);
      const budget = holds.findIndex((hold) => hold > 0) + 1;
      expect(counts.wrong).toBeLessThanOrEqual(budget * (counts.right + 1));
      expect(counts.wrong + counts.left).toBeLessThanOrEqual((budget + 5) * (counts.right + 1));
      await bench.close();
    }),
    { numRuns: 100 },
  );
});

/** A store whose commands are carried out in the scheduler's order. */
function reordered(store: SessionStore, scheduler: fc.Scheduler): SessionStore {
  return new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function' || name === 'now' || name === 'clockErrorMilliseconds') return member;
      return async (...args: unknown[]) => {
        await scheduler.schedule(Promise.resolve());
        return Reflect.apply(member, target, args) as unknown;
      };
    },
  });
}

test('A68 two nodes on one Redis draw on the same counters, and a success on one is known to the other', async () => {
  const prefix = freshPrefix();
  const open = (): SessionManager =>
    new SessionManager({
      store: new RedisStore({ url: testRedisUrl(), prefix, deadline: '15s' }),
      // A busy machine may take longer than a delay lasts.
      lockout: { maxFailures: 4, action: 'block' },
    });
  const nodes = [open(), open()] as const;
  const account = `user-of-${prefix}`;
  expect(await answered(times(200, (index) => guess(nodes[index % 2]!, account, elsewhere())))).toBe(4);
  await nodes[0].lockout.unlock(account);
  await succeed(nodes[0], account, {}, { deviceId: 'laptop' });
  expect(await nodes[1].lockout.state(account)).toMatchObject({ failures: 0 });
  expect(await answered(times(20, () => guess(nodes[1], account, elsewhere())))).toBe(4);
  expect(await guess(nodes[1], account, elsewhere('laptop'))).toBe(0);
  await Promise.all(nodes.map((node) => node.close()));
});
