import assert from 'node:assert/strict';
import type { AuditEntry } from '../../domain/audit-entry';
import { type SessionId, userKey } from '../../domain/session-id';
import type { SessionRecord } from '../../domain/session-record';
import type { HistoryQuery, ListQuery } from '../commands';
import type { SessionStore } from '../session-store';
import { start } from './records';

/** Everything that the port shows of a user. */
export interface Snapshot {
  readonly found: readonly (SessionRecord | undefined)[];
  readonly active: readonly SessionRecord[];
  readonly expired: readonly SessionRecord[];
  readonly ended: readonly SessionRecord[];
  readonly history: readonly AuditEntry[];
  readonly ownLimit: number | null;
}

export async function snapshot(
  store: SessionStore,
  userId: string,
  at: number,
  ids: readonly SessionId[] = [],
): Promise<Snapshot> {
  const found = [];
  for (const id of ids) found.push(await store.find(id));
  return {
    found,
    active: await listed(store, { userId, at, kind: 'active' }),
    expired: await listed(store, { userId, at, kind: 'expired' }),
    ended: await listed(store, { userId, at, kind: 'ended' }),
    history: await historyOf(store, userId),
    ownLimit: await store.findLimit(userKey(userId)),
  };
}

interface Walk extends Pick<ListQuery, 'at' | 'kind'>, Partial<Pick<ListQuery, 'limit' | 'applicationId'>> {
  readonly userId: string;
}

/** A whole list, page by page. */
export async function listed(store: SessionStore, walk: Walk): Promise<SessionRecord[]> {
  const all: SessionRecord[] = [];
  for await (const page of pages(store, walk)) all.push(...page);
  return all;
}

export async function* pages(
  store: SessionStore,
  { userId, ...walk }: Walk,
): AsyncGenerator<readonly SessionRecord[]> {
  let query: ListQuery = { limit: 500, applicationId: null, ...walk, user: userKey(userId), after: null };
  for (;;) {
    const { records, next } = await store.list(query);
    yield records;
    if (next === null) return;
    query = { ...query, after: next };
  }
}

/** A whole history, page by page. */
export async function historyOf(store: SessionStore, userId: string, limit = 500): Promise<AuditEntry[]> {
  const all: AuditEntry[] = [];
  let query: HistoryQuery = { user: userKey(userId), at: start, after: null, limit };
  for (;;) {
    const { entries, next } = await store.history(query);
    assert.ok(entries.length <= limit);
    all.push(...entries);
    if (next === null) return all;
    query = { ...query, after: next };
  }
}
