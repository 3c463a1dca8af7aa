import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { userKey, userTag } from '../../domain/session-id';
import type { Letter, SettleOutbox } from '../outbox';
import type { SessionStore } from '../session-store';
import { assertStatus } from './assertions';
import { auditEntry } from './endings';
import { inParallel } from './in-parallel';
import { minute, second, start } from './records';
import { claimed, relayed } from './relayed';
import type { Scene, Test } from './scene';

const at = start + second;

/** Workers with leases, of whom one at a time delivers what waits in an outbox. */
export function delivering(test: Test): void {
  test('only the outboxes with something due are due', async (scene) => {
    const { store, other, userId } = scene;
    const tags = Array.from({ length: 600 }, (_, index) => index.toString(16).padStart(3, '0'));
    const all = [...new Set([...tags, tagOf(userId)])];
    assert.deepEqual(await store.outbox.due({ tags: all, at }), []);
    await write(scene, 1);
    assert.deepEqual(await other.outbox.due({ tags: all, at }), [tagOf(userId)]);
    assert.deepEqual(await store.outbox.due({ tags: tags.filter((tag) => tag !== tagOf(userId)), at }), []);
    const [letter] = await claimed(store.outbox, userKey(userId), at);
    await settle(scene, { settled: [letter!.id] });
    assert.deepEqual(await store.outbox.due({ tags: all, at }), []);
  });

  test('what was claimed and not settled comes again, the same, when the lease has run out; until then to nobody else', async (scene) => {
    const { store, other, userId } = scene;
    const user = userKey(userId);
    const written = await write(scene, 3);
    const letters = await claimed(store.outbox, user, at, { worker: 'one', until: at + minute });
    assert.deepEqual(idsOf(letters), written);
    const asked = { tag: tagOf(userId), worker: 'two', until: at + 2 * minute, limit: 10 };
    const refused = await other.outbox.claim({ ...asked, at: at + minute - 1 });
    assert.deepEqual(refused, { status: 'leased', until: at + minute });
    assert.deepEqual(await other.outbox.claim({ ...asked, at: at + minute }), {
      status: 'claimed',
      letters,
      dropped: 0,
    });
  });

  test('a worker whose lease another has taken is told that it is lost, and changes nothing', async (scene) => {
    const { store, other, userId } = scene;
    const user = userKey(userId);
    await write(scene, 2);
    const letters = await claimed(store.outbox, user, at, { worker: 'slow', until: at + second });
    const later = at + 2 * second;
    const again = await claimed(other.outbox, user, later, { worker: 'quick' });
    const [one, two] = letters as [Letter, Letter];
    const settled = [one.id, two.id];
    const kept = { later: [{ letter: one, sink: 'log', dueAt: later }], dead: [bury(two, 'log')], release: true };
    const late = await settle(scene, { worker: 'slow', at: later, settled, ...kept });
    assert.deepEqual(late, { status: 'lost' });
    assert.deepEqual(await claimed(other.outbox, user, later, { worker: 'quick' }), again);
    assert.deepEqual(again, letters);
    assert.deepEqual(await store.outbox.deadLetters({ tags: [tagOf(userId)], limit: 10 }), []);
  });

  test('one whose lease has run out may still settle what nobody else has taken', async (scene) => {
    const { store, userId } = scene;
    await write(scene, 2);
    const letters = await claimed(store.outbox, userKey(userId), at, { until: at + second });
    const outcome = await settle(scene, { at: at + minute, settled: letters.map(({ id }) => id) });
    assert.deepEqual(outcome, { status: 'settled', remaining: 0 });
    const never = await settle(scene, { worker: 'stranger', settled: [] });
    assert.deepEqual(never, { status: 'lost' });
  });

  test('of a hundred workers on two nodes one holds an outbox', async (scene) => {
    await write(scene, 5);
    const tag = tagOf(scene.userId);
    const outcomes = await inParallel(scene, 100, (node, index) =>
      node.outbox.claim({ tag, worker: `worker ${index}`, at, until: at + minute, limit: 10 }),
    );
    const holders = outcomes.filter(({ status }) => status === 'claimed');
    assert.equal(holders.length, 1);
  });

  test('a lease can be renewed by whoever holds it, without being given anything, and given back', async (scene) => {
    const { store, other, userId } = scene;
    const user = userKey(userId);
    await write(scene, 1);
    await claimed(store.outbox, user, at, { worker: 'one', until: at + second });
    const renewed = await claimed(store.outbox, user, at, { worker: 'one', until: at + minute, limit: 0 });
    assert.deepEqual(renewed, []);
    const asked = { tag: tagOf(userId), worker: 'two', at: at + 2 * second, until: at + 2 * minute, limit: 10 };
    assert.equal((await other.outbox.claim(asked)).status, 'leased');
    await settle(scene, { worker: 'one', settled: [], release: true });
    assert.equal((await other.outbox.claim(asked)).status, 'claimed');
  });

  test('an entry that is written between claim and settlement is not lost, nor its place', async (scene) => {
    const { store, other, userId } = scene;
    const user = userKey(userId);
    await write(scene, 2);
    const letters = await claimed(store.outbox, user, at);
    const more = await write(scene, 2, other);
    const outcome = await settle(scene, { settled: letters.map(({ id }) => id) });
    assert.deepEqual(outcome, { status: 'settled', remaining: 2 });
    assert.deepEqual(idsOf(await claimed(other.outbox, user, at)), more);
  });

  test('at most as many come as are asked for, and those that are not settled keep their order', async (scene) => {
    const { store, userId } = scene;
    const user = userKey(userId);
    const written = await write(scene, 9);
    const letters = await claimed(store.outbox, user, at, { limit: 6 });
    assert.deepEqual(idsOf(letters), written.slice(0, 6));
    const settled = [0, 2, 3, 5].map((index) => letters[index]!.id);
    assert.deepEqual(await settle(scene, { settled }), { status: 'settled', remaining: 5 });
    const left = [1, 4, 6, 7, 8].map((index) => written[index]);
    assert.deepEqual(idsOf(await claimed(store.outbox, user, at)), left);
  });

  test('a settlement that is sent again changes nothing more', async (scene) => {
    const { store, userId } = scene;
    const user = userKey(userId);
    const [, second] = await write(scene, 2);
    const [letter] = await claimed(store.outbox, user, at, { limit: 1 });
    const later = [{ letter: { ...letter!, attempts: 1 }, sink: 'log', dueAt: at + minute }];
    const command = { settled: [letter!.id], later, dead: [bury(letter!, 'web')] };
    const first = await settle(scene, command);
    assert.deepEqual(await settle(scene, command), first);
    assert.deepEqual(idsOf(await claimed(store.outbox, user, at)), [second]);
    const due = await claimed(store.outbox, user, at + minute);
    assert.deepEqual(
      due.map(({ sink, attempts }) => [sink, attempts]),
      [
        ['log', 1],
        [null, 0],
      ],
    );
    assert.equal((await store.outbox.deadLetters({ tags: [tagOf(userId)], limit: 10 })).length, 1);
  });
}

/** Notes of the user that are to be relayed. Gives the ids of the entries. */
export async function write({ store, commands, userId }: Scene, count: number, node = store): Promise<string[]> {
  const ids: string[] = [];
  for (let written = 0; written < count; written++) {
    const id = randomBytes(8).toString('base64url');
    const audit = relayed({ ...auditEntry('risk_noticed', start, null), id, subject: userId });
    await node.note(commands.note(userId, start, { audit }));
    ids.push(id);
  }
  return ids;
}

/** By the worker of `claimed`, who keeps the lease, unless told otherwise. */
export function settle(
  { store, userId }: Scene,
  { node = store, ...changes }: Partial<SettleOutbox> & { readonly node?: SessionStore },
) {
  const nothing = { settled: [], later: [], dead: [], release: false };
  return node.outbox.settle({ tag: tagOf(userId), worker: 'a worker', at, ...nothing, ...changes });
}

export function bury(letter: Letter, sink: string, because = 'refused: 410'): SettleOutbox['dead'][number] {
  return { letter, sink, because };
}

export function idsOf(letters: readonly Pick<Letter, 'entry'>[]): string[] {
  return letters.map(({ entry }) => entry.id);
}

export function tagOf(userId: string): string {
  return userTag(userKey(userId));
}

/** Claims and settles; fails where it is not the worker's. */
export async function settleAll(scene: Scene, letters: readonly Letter[], changes: Partial<SettleOutbox>) {
  const outcome = await settle(scene, { settled: letters.map(({ id }) => id), ...changes });
  assertStatus(outcome, 'settled');
  return outcome;
}
