import assert from 'node:assert/strict';
import { assertUnavailable } from './assertions';
import { inParallel } from './in-parallel';
import { newOneTime } from './limits';
import { minute, second, start } from './records';
import type { Scene, Test } from './scene';
import { historyOf } from './snapshot';
import type { OneTime } from '../one-times';
import { retention } from '../retention';

/** Tokens that open something so many times, and then nothing more. */
export function oneTimeTokens(test: Test): void {
  test('a token is kept as it was given, with its entry', async ({ store, other, commands, userId }) => {
    const oneTime = newOneTime(userId, { purpose: 'sign-up_2', uses: 1_000 });
    const command = commands.putOneTime(oneTime);
    assert.equal(await store.putOneTime(command), undefined);
    assert.deepEqual(await other.findOneTime(oneTime.id), oneTime);
    assert.deepEqual(await historyOf(other, userId), [command.audit]);
  });

  test('one that is put twice stays as it was, used or not, and is told once', async (scene) => {
    const { store, other, commands, userId } = scene;
    const oneTime = newOneTime(userId);
    const command = commands.putOneTime(oneTime);
    await store.putOneTime(command);
    const consuming = commands.consumeOneTime(oneTime);
    await store.consumeOneTime(consuming);
    for (let count = 0; count < 5; count++) await scene.signIn();
    const told = await historyOf(store, userId);
    await other.putOneTime(command);
    assert.equal((await store.findOneTime(oneTime.id))?.uses, 0);
    assert.deepEqual(await historyOf(store, userId), told);
  });

  test('A7 it can be consumed as often as it has uses, and is spent then; each time it is told', async (scene) => {
    const { store, other, commands, userId } = scene;
    const oneTime = await kept(scene, { uses: 2 });
    const told = await historyOf(store, userId);
    for (const [status, uses] of [
      ['consumed', 1],
      ['consumed', 0],
      ['spent', 0],
      ['spent', 0],
    ] as const) {
      const command = commands.consumeOneTime(oneTime);
      assert.deepEqual(await store.consumeOneTime(command), { status, oneTime: { ...oneTime, uses } });
      assert.deepEqual(await other.findOneTime(oneTime.id), { ...oneTime, uses });
      told.unshift(command.audit[status]);
      assert.deepEqual(await historyOf(other, userId), told);
    }
  });

  test('A7 of a hundred parallel consumers on two nodes, as many succeed as there are uses', async (scene) => {
    for (const uses of [1, 7]) {
      const oneTime = await kept(scene, { uses });
      const outcomes = await inParallel(scene, 100, (node) =>
        node.consumeOneTime(scene.commands.consumeOneTime(oneTime)),
      );
      const left = outcomes.flatMap((outcome) => (outcome.status === 'consumed' ? [outcome.oneTime.uses] : []));
      assert.deepEqual(
        left.sort((one, two) => one - two),
        Array.from({ length: uses }, (_, index) => index),
      );
      assert.equal(outcomes.filter(({ status }) => status === 'spent').length, 100 - uses);
    }
  });

  test('A7 one of another purpose, or of another name, is missing; that takes nothing and tells nobody', async (scene) => {
    const { store, commands, userId } = scene;
    const oneTime = await kept(scene, { purpose: 'login' });
    const told = await historyOf(store, userId);
    for (const wrong of [
      { ...oneTime, purpose: 'logins' },
      { ...oneTime, purpose: 'logi' },
      { ...oneTime, purpose: '' },
      newOneTime(userId, { purpose: 'login' }),
    ]) {
      assert.deepEqual(await store.consumeOneTime(commands.consumeOneTime(wrong)), { status: 'missing' });
    }
    assert.deepEqual(await store.findOneTime(oneTime.id), oneTime);
    assert.deepEqual(await historyOf(store, userId), told);
  });

  test('A7 it opens until its last millisecond; from then on it has expired, used or not', async (scene) => {
    const { store, commands, userId } = scene;
    const oneTime = await kept(scene, { uses: 2 });
    const consume = (at: number) => store.consumeOneTime(commands.consumeOneTime(oneTime, { at }));
    assert.equal((await consume(oneTime.expiresAt - 1)).status, 'consumed');
    const late = commands.consumeOneTime(oneTime, { at: oneTime.expiresAt });
    const left = { ...oneTime, uses: 1 };
    assert.deepEqual(await store.consumeOneTime(late), { status: 'expired', oneTime: left });
    assert.deepEqual((await historyOf(store, userId))[0], late.audit.expired);
    assert.equal((await consume(oneTime.expiresAt - 1)).status, 'consumed');
    assert.equal((await consume(oneTime.expiresAt + minute)).status, 'expired');
    assert.equal((await consume(oneTime.expiresAt - 1)).status, 'spent');
  });

  test("one that is nobody's is told to nobody", async (scene) => {
    const { store, other, commands, userId } = scene;
    const oneTime = await kept(scene, { user: null });
    assert.deepEqual(await other.findOneTime(oneTime.id), oneTime);
    for (const status of ['consumed', 'spent', 'expired'] as const) {
      const at = status === 'expired' ? oneTime.expiresAt : start;
      const outcome = await other.consumeOneTime(commands.consumeOneTime(oneTime, { at }));
      assert.deepEqual(outcome, { status, oneTime: { ...oneTime, uses: 0 } });
    }
    assert.deepEqual(await historyOf(store, userId), []);
  });

  test('sent twice, a command takes one use and answers consumed again, also where none is left', async (scene) => {
    const { store, other, commands, userId } = scene;
    const oneTime = await kept(scene, { uses: 2 });
    for (const uses of [1, 0]) {
      const command = commands.consumeOneTime(oneTime);
      const expected = { status: 'consumed', oneTime: { ...oneTime, uses } };
      assert.deepEqual(await store.consumeOneTime(command), expected);
      const told = await historyOf(store, userId);
      assert.deepEqual(await other.consumeOneTime(command), expected);
      assert.deepEqual(await historyOf(store, userId), told);
    }
  });

  test('the first of four, sent again, takes nothing more, whoever was told that it is spent meanwhile', async (scene) => {
    const { store, other, commands, userId } = scene;
    const oneTime = await kept(scene, { uses: 4 });
    const all = Array.from({ length: 4 }, () => commands.consumeOneTime(oneTime));
    for (const command of all) await store.consumeOneTime(command);
    const refused = Array.from({ length: 6 }, () => commands.consumeOneTime(oneTime));
    for (const command of refused) assert.equal((await other.consumeOneTime(command)).status, 'spent');
    const told = await historyOf(store, userId);
    for (const command of all) assert.equal((await other.consumeOneTime(command)).status, 'consumed');
    assert.equal((await other.consumeOneTime(refused[5]!)).status, 'spent');
    assert.deepEqual(await historyOf(store, userId), told);
  });

  test('A64 of one that is shown on and on the first ten refusals are told: the rest of a history stays', async (scene) => {
    const { store, commands, userId } = scene;
    const oneTime = await kept(scene, { uses: 11 });
    for (let count = 0; count < 11; count++) await store.consumeOneTime(commands.consumeOneTime(oneTime));
    const told = await historyOf(store, userId);
    for (let count = 0; count < 30; count++) {
      const command = commands.consumeOneTime(oneTime, { at: count % 2 === 0 ? start : oneTime.expiresAt });
      const { status } = await store.consumeOneTime(command);
      assert.equal(status, count % 2 === 0 ? 'spent' : 'expired');
      if (count < retention.oneTimeRefusals) told.unshift(command.audit[status]);
    }
    assert.deepEqual(await historyOf(store, userId), told);
  });

  test('A64 of one that has many uses the first ten that are taken are told, and its refusals all the same', async (scene) => {
    const { store, other, commands, userId } = scene;
    const oneTime = await kept(scene, { uses: 30 });
    const told = await historyOf(store, userId);
    for (let count = 0; count < 32; count++) {
      const command = commands.consumeOneTime(oneTime);
      const { status } = await (count % 2 === 0 ? store : other).consumeOneTime(command);
      assert.equal(status, count < 30 ? 'consumed' : 'spent');
      if (count < retention.oneTimeRedemptions || status === 'spent')
        told.unshift(command.audit[status as 'spent']);
    }
    assert.deepEqual(await historyOf(other, userId), told);
  });

  test('A79 what comes after its caller gave up keeps nothing and takes nothing', async (scene) => {
    const { store, other, tooLate, userId } = scene;
    const unborn = newOneTime(userId);
    await assertUnavailable(store.putOneTime(tooLate.putOneTime(unborn)));
    assert.equal(await other.findOneTime(unborn.id), undefined);
    const oneTime = await kept(scene);
    const told = await historyOf(store, userId);
    await assertUnavailable(store.consumeOneTime(tooLate.consumeOneTime(oneTime)));
    assert.deepEqual(await other.findOneTime(oneTime.id), oneTime);
    assert.deepEqual(await historyOf(store, userId), told);
  });

  test('tokens lie apart: one that is consumed spends no other', async (scene) => {
    const { store, commands } = scene;
    const [one, two] = [await kept(scene), await kept(scene)];
    await store.consumeOneTime(commands.consumeOneTime(one, { at: start + second }));
    assert.deepEqual(await store.findOneTime(two.id), two);
  });
}

/** A token of the user that the store holds. */
async function kept({ store, commands, userId }: Scene, changes: Partial<OneTime> = {}): Promise<OneTime> {
  const oneTime = newOneTime(userId, changes);
  await store.putOneTime(commands.putOneTime(oneTime));
  return oneTime;
}
