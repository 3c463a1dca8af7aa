import fc from 'fast-check';
import type { CounterId } from '../../lib/domain/slotted-id';
import { Commands } from '../../lib/store/conformance/commands';
import { budget, locking, newCounter, rule } from '../../lib/store/conformance/counters';
import { minute, randomUser, second, start } from '../../lib/store/conformance/records';
import { historyOf } from '../../lib/store/conformance/snapshot';
import type { CounterRule } from '../../lib/store/counters';
import type { SessionStore } from '../../lib/store/session-store';
import { MemoryStore } from '../../lib/stores/memory';
import { RedisStore } from '../../lib/stores/redis';
import { freshPrefix, testRedisUrl } from '../harness/test-redis';

type Send = (store: SessionStore) => Promise<unknown>;
type Step = (life: Life, at: number) => Send;

interface Life {
  readonly commands: Commands;
  readonly userId: string;
  readonly ids: readonly CounterId[];
  /** What was sent, for resends. */
  readonly sent: Send[];
}

const counters = fc.nat({ max: 4 });
const holds = fc.array(fc.constantFrom(0, 0, second, minute, Infinity), { maxLength: 4 });
const window = fc.constantFrom(null, null, 30 * second);
const probe = fc.constantFrom(false, false, true);
const locksFrom = fc.constantFrom(null, null, 0, 1, 2, 3);
const counted = fc.record({ holds, window, locksFrom });

const count: fc.Arbitrary<Step> = fc
  .record({
    leader: counted,
    follower: counted,
    device: counted,
    isShared: fc.boolean(),
    from: fc.nat({ max: 4 }),
    probe,
  })
  .map((wanted) => ({ commands, userId, ids }, at) => {
    const ruleOf = (id: CounterId | undefined, each: typeof wanted.leader): CounterRule => ({
      ...rule(id!, each.holds, each.window),
      locksFrom: each.locksFrom,
    });
    const followers = [ruleOf(ids[1], wanted.follower)];
    const known = ruleOf(wanted.isShared ? ids[0] : ids[2], wanted.leader);
    const budgets = [
      budget(known, { known: ids[3]!, followers: [ruleOf(ids[3], wanted.device)] }),
      locking(budget(ruleOf(ids[0], wanted.leader), { followers }), wanted.from, at),
    ];
    const command = commands.count(userId, budgets, { at, probe: wanted.probe });
    return (store) => store.count(command);
  });

const reset: fc.Arbitrary<Step> = fc
  .record({ of: fc.uniqueArray(counters), known: fc.constantFrom(null, null, 3), isAudited: fc.boolean() })
  .map(({ of, known, isAudited }) => ({ commands, userId, ids }, at) => {
    const named = of.map((index) => ids[index]!);
    const changes = { at, known: known === null ? null : ids[known]!, ...(!isAudited && { audit: null }) };
    const command = commands.reset(userId, named, changes);
    return (store) => store.reset(command);
  });

const resend: fc.Arbitrary<Step> = fc.nat({ max: 3 }).map((back) => ({ sent, userId }) => {
  return sent.at(-1 - back) ?? ((store) => historyOf(store, userId));
});

const steps = fc.array(
  fc.tuple(fc.oneof({ arbitrary: count, weight: 5 }, reset, resend), fc.constantFrom(0, 1, second, 40 * second)),
  { minLength: 5, maxLength: 30 },
);

const memory = new MemoryStore();
const redis = new RedisStore({ url: testRedisUrl(), prefix: freshPrefix(), deadline: '15s' });

afterAll(() => Promise.all([memory.close(), redis.close()]));

test('A68 both stores count alike, whatever is counted, asked, reset and sent again', async () => {
  const later = (await redis.now()) + 5 * minute;
  await fc.assert(
    fc.asyncProperty(steps, async (life) => {
      const userId = randomUser();
      const ids = Array.from({ length: 5 }, () => newCounter(userId));
      const played: Life = { commands: new Commands(later), userId, ids, sent: [] };
      let at = start;
      for (const [step, passed] of life) {
        at += passed;
        const send = step(played, at);
        played.sent.push(send);
        expect(await send(redis)).toEqual(await send(memory));
        expect(await redis.findCounters(ids)).toEqual(await memory.findCounters(ids));
      }
      const told = (await historyOf(redis, userId)).map(({ id }) => id);
      expect(told).toEqual((await historyOf(memory, userId)).map(({ id }) => id));
    }),
    { numRuns: 150 },
  );
});
