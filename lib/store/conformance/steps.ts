import assert from 'node:assert/strict';
import { effectiveExpiresAt } from '../../domain/deadlines';
import type { SessionId } from '../../domain/session-id';
import type { SessionRecord } from '../../domain/session-record';
import { present } from './assertions';
import { newKeys, replaced } from './commands';
import { minute, newRecord, start } from './records';
import type { Scene, Test } from './scene';
import { listed } from './snapshot';

/** A user's life, one command a step: wherever it stops, the lists must tell what the records do. */
export function steps(test: Test): void {
  test('A60 A22 the lists are exact after each step of a long life', async (scene) => {
    const { store, commands, userId } = scene;
    const ids: SessionId[] = [];
    let at = start;

    async function step(run: () => Promise<unknown>): Promise<void> {
      at += minute;
      await run();
      await listsAreExact(scene, ids, at);
    }
    async function signIn(wanted: Partial<Parameters<typeof newRecord>[0]> = {}): Promise<SessionRecord> {
      const record = newRecord({ userId, at, ...wanted });
      ids.push(record.id);
      await store.create(commands.create(record));
      return record;
    }
    async function fresh(index: number): Promise<SessionRecord> {
      return scene.read(present(ids[index]));
    }

    await step(() => signIn());
    await step(() => signIn({ idle: 5 * minute }));
    await step(() => signIn({ refresh: null }));
    await step(async () => store.rotate(commands.rotate(await fresh(0), { at })));
    await step(async () => store.touch(commands.touch(await fresh(1), { at })));
    await step(async () => store.amend(commands.amend(await fresh(2), { at, trusted: true })));
    await step(async () => store.repeat(commands.repeat(await fresh(0), { at })));
    await step(async () => store.touch(commands.touch(await fresh(2), { at })));
    await step(() => signIn({ access: minute / 2, refresh: minute }));
    await step(async () => store.retire(commands.retire(await fresh(0), 'refresh', { at })));
    await step(async () => store.rekey(commands.rekey(await fresh(0), { at })));
    await step(async () => store.rotate(commands.rotate(await fresh(3), { at })));
    await step(async () => store.revoke(commands.revoke(await fresh(2), { at })));
    await step(async () => {
      const record = newRecord({ userId, at });
      ids.push(record.id);
      await store.create(commands.create(record, { replaces: [replaced(await fresh(0))] }));
    });
    await step(() => signIn());
    await step(async () => {
      const own = await fresh(4);
      await store.revokeAll(commands.revokeAll(userId, at, { except: own.id, rekey: newKeys(own) }));
    });
    await step(async () => store.retire(commands.retire(await fresh(4), 'access', { at })));
    await step(async () => store.retire(commands.retire(await fresh(4), 'refresh', { at })));
    await step(() => signIn());
    at += 60 * minute;
    await step(() => signIn());
    await step(() => store.revokeAll(commands.revokeAll(userId, at, { epoch: null, untrustedOnly: true })));
  });
}

async function listsAreExact(
  { store, other, userId }: Scene,
  ids: readonly SessionId[],
  at: number,
): Promise<void> {
  const records = (await Promise.all(ids.map((id) => other.find(id)))).map(present);
  const isLive = (record: SessionRecord): boolean => effectiveExpiresAt(record) > at;
  const expected = {
    active: records.filter((record) => record.ending === null && isLive(record)),
    expired: records.filter((record) => record.ending === null && !isLive(record)),
    ended: records.filter((record) => record.ending !== null),
  };
  for (const kind of ['active', 'expired', 'ended'] as const) {
    const found = await listed(store, { userId, at, kind, limit: 2 });
    assert.deepEqual(found.sort(byId), expected[kind].sort(byId), kind);
  }
}

function byId(one: SessionRecord, other: SessionRecord): number {
  return one.id < other.id ? -1 : 1;
}
