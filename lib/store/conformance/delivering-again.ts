import assert from 'node:assert/strict';
import { userKey } from '../../domain/session-id';
import type { Letter } from '../outbox';
import { retention } from '../retention';
import { bury, idsOf, settle, settleAll, tagOf, write } from './delivering';
import { present } from './assertions';
import { auditEntry } from './endings';
import { minute, second, start } from './records';
import { claimed, relayed } from './relayed';
import { neighboursOf } from './relaying-entries';
import type { Scene, Test } from './scene';

const at = start + second;

/** What failed: for later, or given up. */
export function deliveringAgain(test: Test): void {
  test('what failed comes again when it is due, to that sink alone, and tells how often it failed', async (scene) => {
    const { store, other, userId } = scene;
    const user = userKey(userId);
    const [id] = await write(scene, 1);
    const letters = await claimed(store.outbox, user, at);
    const letter = { ...letters[0]!, attempts: 1 };
    const later = [
      { letter, sink: 'log', dueAt: at + minute },
      { letter, sink: 'web', dueAt: at + 2 * minute },
    ];
    assert.deepEqual(await settleAll(scene, letters, { later }), { status: 'settled', remaining: 0 });
    const tags = [tagOf(userId)];
    assert.deepEqual(await store.outbox.due({ tags, at: at + minute - 1 }), []);
    assert.deepEqual(await claimed(store.outbox, user, at + minute - 1), []);
    assert.deepEqual(await other.outbox.due({ tags, at: at + minute }), tags);
    const [again, ...none] = await claimed(other.outbox, user, at + minute);
    assert.deepEqual(none, []);
    assert.deepEqual(again, { ...letter, id: again!.id, sink: 'log' });
    assert.equal(again.entry.id, id);
    const once = { letter: { ...again, attempts: 2 }, sink: 'log', dueAt: at + 3 * minute };
    await settleAll(scene, [again], { later: [once] });
    const both = await claimed(store.outbox, user, at + 3 * minute);
    assert.deepEqual(told(both), [
      ['web', 1],
      ['log', 2],
    ]);
    assert.deepEqual(await settleAll(scene, both, { at: at + 3 * minute }), { status: 'settled', remaining: 0 });
    assert.deepEqual(await claimed(store.outbox, user, at + 10 * minute), []);
  });

  test('what failed gets half of the room, though new ones come all the time', async (scene) => {
    const { store, userId } = scene;
    const user = userKey(userId);
    const failed = await write(scene, 6);
    await postpone(scene, await claimed(store.outbox, user, at), at + second);
    const news = await write(scene, 6);
    const ids = async (limit: number) => idsOf(await claimed(store.outbox, user, at + second, { limit }));
    assert.deepEqual((await ids(4)).sort(), [...failed.slice(0, 2), ...news.slice(0, 2)].sort());
    assert.deepEqual(await ids(1), failed.slice(0, 1));
    assert.deepEqual((await ids(9)).slice(-4), news.slice(0, 4));
    assert.deepEqual(await ids(100), [...failed, ...news]);
  });

  test('what is given up is shown, the newest first, and no more delivered', async (scene) => {
    const { store, other, userId } = scene;
    const user = userKey(userId);
    const [one, two] = await write(scene, 2);
    const letters = await claimed(store.outbox, user, at);
    const [first, second] = letters as [Letter, Letter];
    await settleAll(scene, letters, { dead: [bury(first, 'web', 'refused: 410 "Gone"'), bury(second, 'läg')] });
    const tag = tagOf(userId);
    const { entry, userId: of } = second;
    const shown = await other.outbox.deadLetters({ tags: ['fff', tag], limit: 10 });
    assert.deepEqual(idsOf(shown), [two, one]);
    assert.deepEqual(shown[0], { tag, sink: 'läg', entry, userId: of, diedAt: at, because: 'refused: 410' });
    assert.equal(shown[1]?.because, 'refused: 410 "Gone"');
    assert.deepEqual(await store.outbox.deadLetters({ tags: [tag], limit: 1 }), shown.slice(0, 1));
    assert.deepEqual(await claimed(store.outbox, user, at + minute), []);
  });

  test('the dead of one sink, or all, can be revived: they are due as if they had never failed', async (scene) => {
    const { store, other, userId } = scene;
    const user = userKey(userId);
    const tag = tagOf(userId);
    await write(scene, 3);
    const letters = await claimed(store.outbox, user, at);
    const [one, two, three] = letters as [Letter, Letter, Letter];
    const dead = [bury({ ...one, attempts: 9 }, 'web'), bury(two, 'log'), bury(three, 'web'), bury(one, 'log')];
    await settleAll(scene, letters, { dead });
    assert.equal(await other.outbox.revive({ tag, sink: 'web', at }), 2);
    assert.equal(await store.outbox.revive({ tag, sink: 'web', at }), 0);
    const web = await claimed(store.outbox, user, at);
    assert.deepEqual(web.map(({ entry, sink, attempts }) => [entry.id, sink, attempts]).sort(), [
      ...[one, three].map(({ entry }) => [entry.id, 'web', 0]).sort(),
    ]);
    assert.equal((await store.outbox.deadLetters({ tags: [tag], limit: 10 })).length, 2);
    await settleAll(scene, web, {});
    assert.equal(await store.outbox.revive({ tag, sink: null, at: at + minute }), 2);
    assert.deepEqual(await store.outbox.deadLetters({ tags: [tag], limit: 10 }), []);
    assert.deepEqual(await claimed(store.outbox, user, at + minute - 1), []);
    assert.equal((await claimed(store.outbox, user, at + minute)).length, 2);
  });

  test('beyond the bound the oldest are lost, and that is told once', async (scene) => {
    const { store, other, commands, userId } = scene;
    // Many, since each entry costs more the longer its user's history is.
    const users = neighboursOf(userId, 100);
    const audits = Array.from({ length: retention.outboxEntries + 3 }, () =>
      relayed(auditEntry('risk_noticed', start, null)),
    );
    for (let first = 0; first < audits.length; first += 500) {
      const some = audits.slice(first, first + 500);
      await Promise.all(
        some.map((audit, index) => store.note(commands.note(present(users[index % 100]), start, { audit }))),
      );
    }
    const tag = tagOf(userId);
    const claim = { tag, worker: 'a worker', at, until: at + minute, limit: 2 };
    const first = await other.outbox.claim(claim);
    assert.equal(first.status === 'claimed' && first.dropped, 3);
    const again = await store.outbox.claim(claim);
    assert.deepEqual(again, { ...first, dropped: 0 });
    const outcome = await settle(scene, { settled: [] });
    assert.deepEqual(outcome, { status: 'settled', remaining: retention.outboxEntries });
  });
}

async function postpone(scene: Scene, letters: readonly Letter[], dueAt: number): Promise<void> {
  await settleAll(scene, letters, {
    later: letters.map((letter, index) => ({
      letter: { ...letter, attempts: 1 },
      sink: 'log',
      dueAt: dueAt - 10 + index,
    })),
  });
}

function told(letters: readonly Letter[]) {
  return letters.map(({ sink, attempts }) => [sink, attempts]);
}
