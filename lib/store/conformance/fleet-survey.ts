import assert from 'node:assert/strict';
import { type UserKey, userKey } from '../../domain/session-id';
import type { SurveyedUser } from '../fleet';
import type { SessionStore } from '../session-store';
import { minute, newRecord, randomUser, second, start } from './records';
import type { Scene, Test } from './scene';
import { assertStatus } from './assertions';

const at = start + minute;

export function fleetSurvey(test: Test): void {
  test('A35 everybody with live sessions is met, with the devices and the sessions that the index tells', async (scene) => {
    const alone = await signInAs(scene, randomUser(), { type: 'phone' });
    const userId = randomUser();
    const several = [
      await signInAs(scene, userId, { type: 'desktop' }),
      await signInAs(scene, userId, { type: 'desktop' }),
      await signInAs(scene, userId, { type: 'tv' }),
    ];
    const met = await everybody(scene.other, at);
    assert.deepEqual([...met.keys()].sort(), [alone, several[0]!].map(keyOf).sort());
    assert.deepEqual(met.get(keyOf(alone))!.deviceTypes, { phone: 1 });
    assert.deepEqual(met.get(keyOf(alone))!.sessions, [alone.id]);
    assert.deepEqual(met.get(userKey(userId))!.deviceTypes, { desktop: 2, tv: 1 });
    assert.deepEqual([...met.get(userKey(userId))!.sessions].sort(), several.map(({ id }) => id).sort());
  });

  test('A35 who has none that is live is not met: they ran out, or were ended', async (scene) => {
    const { store, commands } = scene;
    const expired = await signInAs(scene, randomUser(), { access: minute, refresh: minute });
    const ended = await signInAs(scene, randomUser());
    assertStatus(await store.revoke(commands.revoke(ended)), 'ended');
    const both = await signInAs(scene, ended.profile.userId, { access: minute, refresh: minute });
    const later = start + 2 * minute;
    assert.deepEqual([...(await everybody(store, later)).keys()], []);
    assert.deepEqual(
      [...(await everybody(store, start + second)).keys()].sort(),
      [...new Set([expired, both].map(keyOf))].sort(),
    );
  });

  test('A35 sessions of administrators in the place of users do not count, and yet are met', async (scene) => {
    const impersonator = { id: 'support-7', sessionId: null, reason: 'ticket 4711' };
    const userId = randomUser();
    const own = await signInAs(scene, userId, { type: 'phone' });
    await signInAs(scene, userId, { type: 'desktop', impersonator });
    const visited = await signInAs(scene, randomUser(), { impersonator });
    const met = await everybody(scene.store, at);
    assert.deepEqual(met.get(userKey(userId))!.deviceTypes, { phone: 1 });
    assert.deepEqual(met.get(userKey(userId))!.sessions, [own.id]);
    assert.deepEqual(met.get(keyOf(visited)), { user: keyOf(visited), deviceTypes: {}, sessions: [] });
  });

  test('A35 a user with very many sessions is met with all of them', async (scene) => {
    const userId = randomUser();
    const records = await Promise.all(Array.from({ length: 130 }, () => signInAs(scene, userId)));
    const met = (await everybody(scene.store, at)).get(userKey(userId))!;
    assert.deepEqual(met.deviceTypes, { desktop: 130 });
    assert.deepEqual([...met.sessions].sort(), records.map(({ id }) => id).sort());
  });

  test('A35 a walk of many steps meets all who stay throughout, whoever comes and goes meanwhile', async (scene) => {
    const { store, other, commands } = scene;
    const staying = await signInMany(scene, 300);
    const leaving = await signInMany(scene, 60);
    const met = new Set<UserKey>();
    let cursor: string | null = null;
    let steps = 0;
    do {
      const step = await (steps % 2 === 0 ? store : other).survey({ at, cursor });
      assert.equal(step.restarted, false);
      for (const { user } of step.users) met.add(user);
      const gone = leaving.splice(0, 10);
      await Promise.all(gone.map((record) => store.revoke(commands.revoke(record))));
      await signInMany(scene, 10);
      cursor = step.next;
      steps += 1;
    } while (cursor !== null);
    assert.deepEqual(
      staying.map(keyOf).filter((user) => !met.has(user)),
      [],
    );
  });

  test('a cursor that leads nowhere has the walk begin anew, and says so', async (scene) => {
    const record = await signInAs(scene, randomUser());
    for (const cursor of ['', 'nonsense', '0.0', 'else.0..7']) {
      const step = await scene.store.survey({ at, cursor });
      assert.equal(step.restarted, true);
      const rest = step.next === null ? new Map() : await everybody(scene.store, at, step.next);
      assert.deepEqual([...step.users.map(({ user }) => user), ...rest.keys()], [keyOf(record)]);
    }
  });
}

/** By user. */
async function everybody(
  store: SessionStore,
  instant: number,
  from: string | null = null,
): Promise<Map<UserKey, SurveyedUser>> {
  const met = new Map<UserKey, SurveyedUser>();
  let cursor = from;
  do {
    const { users, next } = await store.survey({ at: instant, cursor });
    for (const user of users) met.set(user.user, user);
    cursor = next;
  } while (cursor !== null);
  return met;
}

function signInMany(scene: Scene, count: number) {
  return Promise.all(Array.from({ length: count }, () => signInAs(scene, randomUser())));
}

async function signInAs(
  { store, commands }: Scene,
  userId: string,
  wanted: Partial<Parameters<typeof newRecord>[0]> = {},
) {
  const outcome = await store.create(commands.create(newRecord({ userId, ...wanted })));
  assertStatus(outcome, 'created');
  return outcome.record;
}

function keyOf({ profile }: { readonly profile: { readonly userId: string } }): UserKey {
  return userKey(profile.userId);
}
