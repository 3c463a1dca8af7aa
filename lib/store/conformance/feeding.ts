import assert from 'node:assert/strict';
import { userKey } from '../../domain/session-id';
import type { FeedItem } from '../outbox';
import type { SessionStore } from '../session-store';
import { auditEntry } from './endings';
import { inParallel } from './in-parallel';
import { second, start } from './records';
import type { Test } from './scene';

const most = 1_000;

/** The feed across users. */
export function feeding(test: Test): void {
  test('it is read from the oldest on, page by page, and on from its end', async ({ store, other }) => {
    assert.deepEqual(await store.feed.read({ after: null, limit: 10 }), { items: [], next: null });
    const items = newItems(7);
    await store.feed.append({ entries: items.slice(0, 5), at: start, most });
    await other.feed.append({ entries: items.slice(5), at: start, most });
    for (const limit of [1, 3, 7, 50]) assert.deepEqual((await pages(other, limit)).items, items);
    const { next } = await pages(store, 3);
    assert.deepEqual(await store.feed.read({ after: next, limit: 3 }), { items: [], next });
    const [more] = newItems(1);
    await other.feed.append({ entries: [more!], at: start, most });
    assert.deepEqual((await store.feed.read({ after: next, limit: 3 })).items, [more]);
  });

  test('what is appended again, by another process too, is there once, though ninety came between', async (scene) => {
    const { store, other } = scene;
    const items = newItems(3);
    await store.feed.append({ entries: items, at: start, most });
    await other.feed.append({ entries: [items[1]!, items[1]!], at: start + second, most });
    const more = newItems(90);
    await store.feed.append({ entries: more, at: start + second, most });
    await other.feed.append({ entries: items, at: start + second, most });
    assert.deepEqual((await pages(store, 100)).items, [...items, ...more]);
  });

  test('the oldest make room; whoever had read them goes on with the oldest that is left', async ({ store }) => {
    const items = newItems(12);
    await store.feed.append({ entries: items.slice(0, 4), at: start, most: 5 });
    const { next } = await store.feed.read({ after: null, limit: 2 });
    await store.feed.append({ entries: items.slice(4), at: start, most: 5 });
    assert.deepEqual((await store.feed.read({ after: next, limit: 50 })).items, items.slice(7));
    assert.deepEqual((await pages(store, 2)).items, items.slice(7));
  });

  test('its order is that of appending, though the clock was set back', async ({ store, other }) => {
    const items = newItems(3);
    for (const [index, item] of items.entries()) {
      await (index === 1 ? other : store).feed.append({ entries: [item], at: start - index * second, most });
    }
    assert.deepEqual((await pages(store, 2)).items, items);
  });

  test('of many that append at once none is lost', async (scene) => {
    const items = newItems(100);
    await inParallel(scene, 100, (node, index) => node.feed.append({ entries: [items[index]!], at: start, most }));
    const { items: seen } = await pages(scene.other, 30);
    const ids = (all: readonly FeedItem[]) => all.map(({ entry }) => entry.id).sort();
    assert.deepEqual(ids(seen), ids(items));
  });

  test('behind what no page gave there is nothing', async ({ store }) => {
    await store.feed.append({ entries: newItems(2), at: start, most });
    for (const after of ['x', '', '-', '999999999999999-9', '999999999999999999999999']) {
      assert.deepEqual(await store.feed.read({ after, limit: 5 }), { items: [], next: after });
    }
  });
}

function newItems(count: number): FeedItem[] {
  return Array.from({ length: count }, (_, index) => {
    const subject = index % 2 === 0 ? null : 'alice@example.com';
    const event = index % 2 === 0 ? 'session_created' : 'account_locked';
    const entry = { ...auditEntry(event, start + index, null), subject, relayed: true };
    return { entry, userId: index % 4 === 0 ? `user ${userKey(String(index))} "ü` : null };
  });
}

/** All of it, and where to go on. */
async function pages(store: SessionStore, limit: number) {
  const items: FeedItem[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Awaited<ReturnType<SessionStore['feed']['read']>> = await store.feed.read({ after, limit });
    assert.ok(page.items.length <= limit);
    items.push(...page.items);
    after = page.next;
    if (page.items.length === 0) return { items, next: after };
  }
}
