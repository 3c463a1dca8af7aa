import assert from 'node:assert/strict';
import type { SessionId } from '../../domain/session-id';
import type { SessionRecord } from '../../domain/session-record';
import { day, minute, start } from './records';
import type { Scene, Test } from './scene';
import { listed, pages } from './snapshot';

export function listing(test: Test): void {
  test('A72 active sessions are listed by effective expiry, nearest first', async (scene) => {
    const { store, commands, active } = scene;
    const third = await scene.signIn({ refresh: 3 * minute, access: minute });
    const first = await scene.signIn({ refresh: day, idle: minute });
    const fourth = await scene.signIn({ refresh: null, access: 4 * minute });
    const second = await scene.signIn({ refresh: day, absolute: 2 * minute });
    assert.deepEqual(await active(start), [first.id, second.id, third.id, fourth.id]);
    await store.touch(commands.touch(first, { at: start + 59_999 }));
    await store.rotate(commands.rotate(third, { at: start + 90_000 }));
    await store.retire(commands.retire(fourth, 'access', { at: start + 30_000 }));
    assert.deepEqual(await active(start), [fourth.id, first.id, second.id, third.id]);
    await store.rekey(commands.rekey(second, { at: start + 90_000 }));
    await store.rekey(commands.rekey(first, { at: start + 90_000 }));
    assert.deepEqual(await active(start), [fourth.id, second.id, first.id, third.id]);
  });

  test('A22 expired and ended sessions are in their own lists only, the latest first', async (scene) => {
    const { store, commands, userId } = scene;
    const at = start + 10 * minute;
    const live = await scene.signIn();
    const expired = [2, 3, 1].map((minutes) => scene.signIn({ refresh: minutes * minute, access: minute }));
    const [second, first, third] = await Promise.all(expired);
    const ended: SessionId[] = [];
    for (const minutes of [4, 5, 6]) {
      const record = await scene.signIn();
      await store.revoke(commands.revoke(record, { at: start + minutes * minute }));
      ended.unshift(record.id);
    }
    assert.deepEqual(await ids(scene, { kind: 'active', at }), [live.id]);
    assert.deepEqual(await ids(scene, { kind: 'expired', at }), [first?.id, second?.id, third?.id]);
    assert.deepEqual(await ids(scene, { kind: 'ended', at }), ended);
    assert.deepEqual((await listed(store, { userId, kind: 'ended', at }))[0]?.data, {});
  });

  test('A18 a session turns from active to expired in one millisecond', async (scene) => {
    const { id } = await scene.signIn({ refresh: minute, access: minute });
    assert.deepEqual(await ids(scene, { kind: 'active', at: start + minute - 1 }), [id]);
    assert.deepEqual(await ids(scene, { kind: 'expired', at: start + minute - 1 }), []);
    assert.deepEqual(await ids(scene, { kind: 'active', at: start + minute }), []);
    assert.deepEqual(await ids(scene, { kind: 'expired', at: start + minute }), [id]);
  });

  test('pages hold each session once, also where all have the same expiry', async (scene) => {
    const { store, commands, userId } = scene;
    const records: SessionRecord[] = [];
    for (let count = 0; count < 13; count++) records.push(await scene.signIn());
    for (const record of records.slice(0, 6)) await store.revoke(commands.revoke(record));
    const kinds = { active: records.slice(6), expired: records.slice(6), ended: records.slice(0, 6) };
    for (const [kind, expected] of Object.entries(kinds) as [keyof typeof kinds, SessionRecord[]][]) {
      const at = kind === 'expired' ? start + 90 * minute : start + minute;
      for (const limit of [1, 2, 3, 6, 7, 50]) {
        const found: SessionId[] = [];
        for await (const page of pages(store, { userId, kind, at, limit })) {
          assert.ok(page.length <= limit);
          found.push(...page.map(({ id }) => id));
        }
        assert.deepEqual(found.sort(), expected.map(({ id }) => id).sort(), `${kind}, ${limit} a page`);
      }
    }
  });

  test('an application sees its own sessions only, on every page', async (scene) => {
    const wanted: SessionId[] = [];
    for (let count = 0; count < 12; count++) {
      const applicationId = count % 3 === 0 ? 'ios' : count % 3 === 1 ? 'web' : 'web:{ios}';
      const record = await scene.signIn({ applicationId, refresh: (60 + count) * minute });
      if (applicationId === 'ios') wanted.push(record.id);
    }
    for (const limit of [1, 2, 4, 50]) {
      const walk = { kind: 'active', at: start, limit, applicationId: 'ios' } as const;
      assert.deepEqual(await ids(scene, walk), wanted);
    }
    assert.deepEqual(await ids(scene, { kind: 'active', at: start, applicationId: 'none' }), []);
  });

  test('no session that lives throughout is missed while others are renewed', async (scene) => {
    const { store, commands, userId } = scene;
    const records: SessionRecord[] = [];
    for (let count = 0; count < 8; count++) records.push(await scene.signIn({ refresh: (30 + count) * minute }));
    const seen = new Set<SessionId>();
    for await (const page of pages(store, { userId, kind: 'active', at: start, limit: 2 })) {
      for (const { id } of page) seen.add(id);
      const next = records.shift();
      if (next) await store.rotate(commands.rotate(next, { at: start + 20 * minute }));
      const last = records.pop();
      if (last) await store.rotate(commands.rotate(last, { at: start + 20 * minute }));
    }
    assert.equal(seen.size, 8);
  });

  test('a walk goes on behind a session that has ended since', async (scene) => {
    const { store, commands, userId } = scene;
    const records: SessionRecord[] = [];
    for (let count = 0; count < 5; count++) records.push(await scene.signIn({ refresh: (30 + count) * minute }));
    const seen: SessionId[] = [];
    for await (const page of pages(store, { userId, kind: 'active', at: start, limit: 2 })) {
      seen.push(...page.map(({ id }) => id));
      for (const record of page) await store.revoke(commands.revoke(record));
    }
    assert.deepEqual(
      seen,
      records.map(({ id }) => id),
    );
  });
}

type Walk = Omit<Parameters<typeof listed>[1], 'userId'>;

async function ids({ store, userId }: Scene, walk: Walk): Promise<SessionId[]> {
  return (await listed(store, { userId, ...walk })).map(({ id }) => id);
}
