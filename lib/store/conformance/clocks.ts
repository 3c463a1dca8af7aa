import assert from 'node:assert/strict';
import type { SessionStore } from '../session-store';
import { day, minute, second } from './records';
import type { Scene, Test } from './scene';
import { listed } from './snapshot';
import { assertStatus } from './assertions';

const times = { 'long ago': Date.UTC(2001, 8, 9), 'far ahead': Date.UTC(2096, 1, 29) };

export function clocks(test: Test): void {
  for (const [name, time] of Object.entries(times)) {
    test(`B13 a life ${name} is judged by the times that commands bring`, (scene) => life(scene, time));
  }

  test('the clock of a store is the same for all nodes, and does not run backwards', async ({ store, other }) => {
    let latest = await reading(store);
    for (let count = 0; count < 20; count++) {
      const now = await reading(count % 2 === 0 ? other : store);
      assert.ok(now.at + now.error >= latest.at - latest.error - 1);
      latest = now;
    }
    assert.ok(store.deadlineMilliseconds > 0);
  });

  test('a store that is there answers', async ({ store, other }) => {
    await Promise.all([store.ping(), other.ping()]);
  });
}

// An error counts for the time it was read with: a clock measures itself again, and better, while it is used.
async function reading(store: SessionStore): Promise<{ at: number; error: number }> {
  const at = await store.now();
  const error = store.clockErrorMilliseconds();
  assert.ok(error >= 0 && Number.isFinite(error));
  return { at, error };
}

async function life({ store, other, commands, userId, signIn, active }: Scene, time: number): Promise<void> {
  const record = await signIn({ at: time, idle: day });
  const at = time + 30 * minute;
  const outcome = await other.rotate(commands.rotate(record, { at }));
  assertStatus(outcome, 'rotated');
  assert.deepEqual(await active(at), [record.id]);
  const renewed = outcome.record;
  const over = at + 60 * minute;
  assert.deepEqual(await active(over), []);
  assert.deepEqual(await listed(store, { userId, at: over, kind: 'expired' }), [renewed]);
  assertStatus(await store.touch(commands.touch(renewed, { at: over })), 'missing');
  // the same command, judged a moment earlier
  assertStatus(await store.touch(commands.touch(renewed, { at: over - second })), 'touched');
  assertStatus(await store.revoke(commands.revoke(renewed, { at: over - second })), 'ended');
  assert.equal((await listed(store, { userId, at: over, kind: 'ended' })).length, 1);
}
