import assert from 'node:assert/strict';
import type { OneTime } from '../one-times';
import { retention } from '../retention';
import { newKeys } from './commands';
import { ending } from './endings';
import { newOneTime } from './limits';
import { minute, neighbourOf, newRecord, second, start } from './records';
import type { Scene, Test } from './scene';
import { historyOf, snapshot } from './snapshot';
import { assertStatus, assertUnavailable } from './assertions';

const since = start + minute;
const at = start + 10 * minute;
const impersonator = { id: 'support-7', sessionId: null, reason: 'Ticket 4711' };

/** A user says that a sign-in was not theirs. */
export function disowning(test: Test): void {
  test('what began since ends, in one step with one entry; every other device must confirm its login', async (scene) => {
    const { store, other, commands, userId } = scene;
    const before = [
      await scene.signInAndRotate({ at: since - 1 }),
      await scene.signIn({ refresh: null, idle: minute * 60 }),
    ];
    const stolen = [await scene.signIn({ at: since }), await scene.signIn({ at: since + 1 })];
    const oneTime = await kept(scene);
    const command = commands.disown(oneTime, userId, since, { at, epoch: at + 5 });
    assert.deepEqual(await store.disown(command), { status: 'disowned', count: 2, stepUps: 2, durable: true });
    for (const record of stolen) {
      const tombstone = { ...record, data: {}, ending: ending(at, 'disowned') };
      assert.deepEqual(await other.find(record.id), tombstone);
    }
    for (const record of before) {
      const changed = { ...record, stepUp: true, version: record.version + 1, startedAt: at + 6 };
      assert.deepEqual(await other.find(record.id), changed);
    }
    assert.deepEqual(new Set(await scene.active(at)), new Set(before.map(({ id }) => id)));
    assert.deepEqual((await historyOf(other, userId))[0], { ...command.audit.disowned, count: 2 });
    assert.equal((await store.findOneTime(oneTime.id))?.uses, 0);
  });

  test('A37 sign-ins under way are refused, and what remains goes on', async (scene) => {
    const { store, commands, userId } = scene;
    const own = await scene.signIn();
    await store.disown(commands.disown(await kept(scene), userId, since, { at, epoch: at + 5 }));
    const underWay = newRecord({ userId, at: at + second, startedAt: at + 5 });
    assertStatus(await store.create(commands.create(underWay)), 'stale-sign-in');
    assertStatus(await store.create(commands.create(newRecord({ userId, at: at + 6 }))), 'created');
    const fresh = await scene.read(own.id);
    assertStatus(await store.touch(commands.touch(fresh, { at: at + second })), 'touched');
    assertStatus(await store.rotate(commands.rotate(fresh, { at: at + second })), 'rotated');
    const { stepUp } = await scene.read(own.id);
    assert.equal(stepUp, true, 'no renewal takes the place of a login');
  });

  test('A76 an amendment that was made from the session as it was does not clear it', async (scene) => {
    const { store, commands, userId } = scene;
    const own = await scene.signIn();
    await store.disown(commands.disown(await kept(scene), userId, since, { at }));
    const amended = await store.amend(commands.amend(own, { at: at + second, trusted: true }));
    assertStatus(amended, 'conflict');
    const amendment = { version: own.version, profile: own.profile, authenticatedAt: start, stepUp: false };
    assertStatus(await store.rekey(commands.rekey(own, { at: at + second, amendment })), 'conflict');
    assert.equal((await scene.read(own.id)).stepUp, true);
  });

  test('A75 impersonated sessions that began since end; older ones pass the epoch as they are', async (scene) => {
    const { store, commands, userId } = scene;
    const older = await scene.signIn({ impersonator });
    const own = await scene.signIn();
    const newer = await scene.signIn({ at: since, impersonator });
    const outcome = await store.disown(commands.disown(await kept(scene), userId, since, { at }));
    assert.deepEqual(outcome, { status: 'disowned', count: 1, stepUps: 1, durable: true });
    assert.equal((await scene.read(newer.id)).ending?.reason, 'disowned');
    assert.deepEqual(await scene.read(older.id), { ...older, startedAt: at + 1 });
    assert.equal((await scene.read(own.id)).stepUp, true);
  });

  test('A37 what the epoch or the floor had outdated ends as well, and does not pass this one', async (scene) => {
    const { store, commands, userId } = scene;
    const outdated = await scene.signIn();
    await store.revokeAll(commands.revokeAll(userId, start, { most: 0 }));
    const own = await scene.signIn({ at: start + 1 });
    const outcome = await store.disown(commands.disown(await kept(scene), userId, since, { at }));
    assert.deepEqual(outcome, { status: 'disowned', count: 1, stepUps: 1, durable: true });
    assert.notEqual((await scene.read(outdated.id)).ending, null);
    assert.deepEqual(await scene.active(at), [own.id]);
  });

  test('an older epoch does not lower the one there is', async ({ store, commands, userId, ...scene }) => {
    await store.revokeAll(commands.revokeAll(userId, at + minute));
    await store.disown(commands.disown(await kept({ store, commands, userId, ...scene }), userId, since, { at }));
    const stale = newRecord({ userId, at: at + minute + 1, startedAt: at + minute });
    assertStatus(await store.create(commands.create(stale)), 'stale-sign-in');
  });

  test('where none is left, the epoch rises and the entry says 0', async (scene) => {
    const { store, commands, userId } = scene;
    const ended = await scene.signIn({ at: since });
    await store.revoke(commands.revoke(ended));
    const expired = await scene.signIn({ access: second, refresh: minute });
    const command = commands.disown(await kept(scene), userId, since, { at });
    assert.deepEqual(await store.disown(command), { status: 'disowned', count: 0, stepUps: 0, durable: true });
    assert.equal((await scene.read(ended.id)).ending?.reason, 'signed_out');
    assert.deepEqual(await scene.read(expired.id), expired);
    assert.deepEqual((await historyOf(store, userId))[0], { ...command.audit.disowned, count: 0 });
    const stale = newRecord({ userId, at: at + 1, startedAt: at });
    assertStatus(await store.create(commands.create(stale)), 'stale-sign-in');
  });

  test("another user's sessions stay, and another user's token opens nothing", async (scene) => {
    const { store, commands, userId } = scene;
    const neighbour = neighbourOf(userId);
    const theirs = await scene.signIn({ userId: neighbour, at: since });
    const token = newOneTime(neighbour);
    await store.putOneTime(commands.putOneTime(token));
    assert.deepEqual(await store.disown(commands.disown(token, userId, since, { at })), { status: 'missing' });
    assert.deepEqual(await store.findOneTime(token.id), token);
    await store.disown(commands.disown(await kept(scene), userId, since, { at }));
    assert.deepEqual(await scene.read(theirs.id), theirs);
  });

  test('A7 a token of another purpose, or of another name, opens nothing, and stays as it was', async (scene) => {
    const { store, commands, userId } = scene;
    const own = await scene.signIn({ at: since });
    const oneTime = await kept(scene);
    const before = await snapshot(store, userId, at, [own.id]);
    for (const wrong of [{ ...oneTime, purpose: 'disowns' }, { ...oneTime, purpose: 'diso' }, newOneTime(userId)]) {
      assert.deepEqual(await store.disown(commands.disown(wrong, userId, since, { at })), { status: 'missing' });
    }
    assert.deepEqual(await snapshot(store, userId, at, [own.id]), before);
    assert.deepEqual(await store.findOneTime(oneTime.id), oneTime);
  });

  test('A7 the token serves once, and until its last millisecond; a refusal ends nothing and is told so many times', async (scene) => {
    const { store, commands, userId } = scene;
    const oneTime = await kept(scene, { expiresAt: at });
    const own = await scene.signIn({ at: since });
    const late = commands.disown(oneTime, userId, since, { at });
    assert.deepEqual(await store.disown(late), { status: 'expired', oneTime });
    assert.deepEqual((await historyOf(store, userId))[0], late.audit.expired);
    assert.deepEqual(await scene.read(own.id), own);

    const lastMoment = commands.disown(oneTime, userId, since, { at: at - 1 });
    assert.equal((await store.disown(lastMoment)).status, 'disowned');
    const later = await scene.signIn({ at: at + second });
    for (let count = 0; count < retention.oneTimeRefusals + 3; count++) {
      const outcome = await store.disown(commands.disown(oneTime, userId, since, { at: at - 1 }));
      assert.deepEqual(outcome, { status: 'spent', oneTime: { ...oneTime, uses: 0 } });
    }
    assert.deepEqual(await scene.read(later.id), later);
    const refused = (await historyOf(store, userId)).filter(({ event }) => event === 'one_time_token_refused');
    assert.equal(refused.length, retention.oneTimeRefusals);
  });

  test('B4 sent again it leaves alone what was signed in to since; what has yet to begin ends', async (scene) => {
    const { store, commands, userId } = scene;
    // As after a failover, which has lost the first run: to the store it is new.
    const command = commands.disown(await kept(scene), userId, since, { at });
    const toCome = await scene.signIn({ at: command.notAfter + minute });
    const later = await scene.signIn({ at: at + 1 });
    await scene.signIn({ at: at + 1, startedAt: at });
    const outcome = await store.disown(command);
    assert.deepEqual(outcome, { status: 'disowned', count: 2, stepUps: 0, durable: true });
    assert.deepEqual(await scene.read(later.id), later);
    assert.equal((await scene.read(toCome.id)).ending?.reason, 'disowned');
  });

  test('A34 a session that an earlier end of all had moved past its epoch ends where it was created since', async (scene) => {
    const { store, commands, userId } = scene;
    const own = await scene.signIn({ at: since });
    await store.revokeAll(commands.revokeAll(userId, at, { epoch: at + 5, except: own.id, rekey: newKeys(own) }));
    const outcome = await store.disown(commands.disown(await kept(scene), userId, since, { at: at + 1 }));
    assert.deepEqual(outcome, { status: 'disowned', count: 1, stepUps: 0, durable: true });
  });

  test('A79 one that comes after its caller gave up changes nothing, and the token stays', async (scene) => {
    const { store, tooLate, userId } = scene;
    const own = await scene.signIn({ at: since });
    const oneTime = await kept(scene);
    const before = await snapshot(store, userId, at, [own.id]);
    await assertUnavailable(store.disown(tooLate.disown(oneTime, userId, since, { at })));
    assert.deepEqual(await snapshot(store, userId, at, [own.id]), before);
    assert.deepEqual(await store.findOneTime(oneTime.id), oneTime);
  });
}

/** A token with which the user may disown, kept in the store. */
export async function kept(
  { store, commands, userId }: Pick<Scene, 'store' | 'commands' | 'userId'>,
  changes: Partial<OneTime> = {},
): Promise<OneTime> {
  const oneTime = newOneTime(userId, { purpose: 'disown', expiresAt: start + 240 * minute, ...changes });
  await store.putOneTime(commands.putOneTime(oneTime));
  return oneTime;
}
