import type { HistoryEntry } from '../../domain/history-entry';
import { type UserKey, userKey } from '../../domain/session-id';
import type { Context } from '../context';
import { presentEntry } from '../present-entry';
import type { ExportedAudit } from './outcomes';

const atOnce = 1_000;

/** Copies of a user's entries, wherever they are on their way. */
export async function exportAudit({ store }: Context, user: UserKey, userId: string): Promise<ExportedAudit> {
  const { waiting, dead } = await store.listLetters(user);
  return {
    waiting: waiting.map((entry) => presentEntry(entry, userId)),
    deadLetters: dead.map((entry) => presentEntry(entry, userId)),
    feed: await feedOf(store, user, userId),
  };
}

async function feedOf({ feed }: Context['store'], user: UserKey, userId: string): Promise<readonly HistoryEntry[]> {
  const entries: HistoryEntry[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Awaited<ReturnType<typeof feed.read>> = await feed.read({ after, limit: atOnce });
    for (const item of page.items) {
      if (item.userId !== null && userKey(item.userId) === user) entries.push(presentEntry(item.entry, userId));
    }
    if (page.items.length < atOnce) return entries;
    after = page.next;
  }
}
