import assert from 'node:assert/strict';
import type { CounterId } from '../../domain/slotted-id';
import type { Budget } from '../counters';
import { budget, countOf, newCounter, rule, tally } from './counters';
import { minute, start } from './records';
import type { Scene, Test } from './scene';

/** A device that signed in before has its own budget, so that a stranger cannot lock the owner out. */
export function countingBudgets(test: Test): void {
  test('C-lockout-DoS a known budget applies once a reset has made its counter known', async (scene) => {
    const { store, other, commands, userId } = scene;
    const { device, budgets } = twoBudgets(scene);
    const stranger = await store.count(commands.count(userId, budgets));
    assert.equal(stranger.budget, 1);
    assert.deepEqual(tally(stranger), ['counted', 1]);
    await other.reset(commands.reset(userId, [], { known: device }));
    const known = await store.count(commands.count(userId, budgets));
    assert.equal(known.budget, 0);
    assert.deepEqual(tally(known), ['counted', 1, 1]);
  });

  test('counting makes no counter known', async ({ store, commands, ...scene }) => {
    const { device, budgets } = twoBudgets({ store, commands, ...scene });
    const asStranger = budget(rule(newCounter(scene.userId), []), { followers: [rule(device, [])] });
    await store.count(commands.count(scene.userId, [asStranger]));
    assert.equal(await countOf(store, device), 1);
    assert.equal((await store.count(commands.count(scene.userId, budgets))).budget, 1);
  });

  test('C-lockout-DoS a held stranger budget does not hold the known one, nor that one the other', async (scene) => {
    const { store, other, commands, userId } = scene;
    const { device, budgets } = twoBudgets(scene, [Infinity]);
    const strangers = budgets.slice(1);
    await store.count(commands.count(userId, strangers));
    assert.deepEqual(tally(await other.count(commands.count(userId, strangers))), ['held', 1]);
    await other.reset(commands.reset(userId, [], { known: device }));
    assert.deepEqual(tally(await store.count(commands.count(userId, budgets))), ['counted', 1, 1]);
    assert.deepEqual(tally(await other.count(commands.count(userId, budgets))), ['held', 1, 1]);

    const again = twoBudgets(scene, [Infinity]);
    await store.reset(commands.reset(userId, [], { known: again.device }));
    await store.count(commands.count(userId, again.budgets));
    assert.deepEqual(tally(await store.count(commands.count(userId, again.budgets))), ['held', 1, 1]);
    const [, stranger] = again.budgets;
    assert.deepEqual(tally(await store.count(commands.count(userId, [stranger!]))), ['counted', 1]);
  });

  test('a known counter stays known, whatever it counts and however often it is forgotten', async (scene) => {
    const { store, other, commands, userId } = scene;
    const { device, leader, budgets } = twoBudgets(scene);
    await store.reset(commands.reset(userId, [], { known: device }));
    assert.deepEqual(tally(await store.count(commands.count(userId, budgets))), ['counted', 1, 1]);
    await other.reset(commands.reset(userId, [leader, device]));
    assert.deepEqual(await store.findCounters([leader, device]), [zero, zero]);
    const last = await store.count(commands.count(userId, budgets));
    assert.equal(last.budget, 0);
    assert.deepEqual(tally(last), ['counted', 1, 1]);
  });

  test('what is made known keeps its count, and is held no more', async ({ store, other, commands, userId }) => {
    const id = newCounter(userId);
    const budgets = [budget(rule(id, [0, Infinity]))];
    for (let count = 0; count < 2; count++) await store.count(commands.count(userId, budgets));
    await other.reset(commands.reset(userId, [], { known: id }));
    assert.deepEqual(await store.findCounters([id]), [{ count: 2, heldUntil: 0 }]);
    assert.deepEqual(tally(await store.count(commands.count(userId, budgets))), ['counted', 3]);
  });

  test('the last budget applies even where its counter is not known', async ({ store, commands, userId }) => {
    const [leader, device] = [newCounter(userId), newCounter(userId)];
    const only = budget(rule(leader, []), { known: device, followers: [rule(device, [])] });
    const outcome = await store.count(commands.count(userId, [only]));
    assert.equal(outcome.budget, 0);
    assert.deepEqual(tally(outcome), ['counted', 1, 1]);
  });

  test('A68 budgets may share a leader, which then counts for both', async (scene) => {
    const { store, other, commands, userId } = scene;
    const [leader, device, stranger] = [newCounter(userId), newCounter(userId), newCounter(userId)];
    const all = rule(leader, [0, 0, Infinity]);
    const budgets = [
      budget(all, { known: device, followers: [rule(device, [])] }),
      budget(all, { followers: [rule(stranger, [])] }),
    ];
    const first = commands.count(userId, budgets);
    await store.count(first);
    await store.reset(commands.reset(userId, [], { known: device }));
    assert.deepEqual(tally(await store.count(commands.count(userId, budgets))), ['counted', 2, 1]);
    assert.deepEqual(tally(await other.count(commands.count(userId, budgets))), ['counted', 3, 2]);
    assert.deepEqual(tally(await other.count(commands.count(userId, budgets.slice(1)))), ['held', 3, 1]);
    const resent = await other.count(first);
    assert.equal(resent.budget, 1);
    assert.deepEqual(tally(resent), ['counted', 3, 1]);
  });

  test('a count that is sent again finds its own budget, though another applies by now', async (scene) => {
    const { store, other, commands, userId } = scene;
    const { device, budgets } = twoBudgets(scene);
    const command = commands.count(userId, budgets, { at: start + minute });
    const first = await store.count(command);
    await store.reset(commands.reset(userId, [], { known: device }));
    assert.deepEqual(await other.count(command), first);
    assert.equal(await countOf(store, device), 0);
  });
}

const zero = { count: 0, heldUntil: 0 };

/** One for a known device, one for everyone, each with a leader of its own that holds by this schedule. */
function twoBudgets({ userId }: Scene, holds: readonly number[] = []) {
  const [leader, device, strangers] = [newCounter(userId), newCounter(userId), newCounter(userId)];
  const known = budget(rule(leader, holds), { known: device, followers: [rule(device, [])] });
  const budgets: readonly Budget[] = [known, budget(rule(strangers, holds))];
  return { leader, device, budgets } satisfies Record<string, CounterId | readonly Budget[]>;
}
