import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { AuditEntry, AuditEvent } from '../../domain/audit-entry';
import type { SessionId } from '../../domain/session-id';
import type { Ending } from '../../domain/session-record';
import type { Farewell } from '../creation';
import type { Scene } from './scene';
import { historyOf } from './snapshot';

export function ending(at: number, reason = 'signed_out'): Ending {
  return { at, reason, actor: { type: 'admin', id: 'support-7' }, replacedBy: null };
}

export function auditEntry(
  event: AuditEvent,
  at: number,
  sessionId: SessionId | null,
  reason?: string,
): AuditEntry {
  const id = randomBytes(8).toString('base64url');
  const actor = { type: 'user' } as const;
  return { id, at, event, actor, sessionId, reason: reason ?? null, count: null, ip: '198.51.100.7', ...unrelayed };
}

/** How sessions end that the store finds itself. */
export function farewell(at: number, reason: 'replaced' | 'evicted'): Farewell {
  const event = reason === 'evicted' ? 'session_evicted' : 'session_revoked';
  const entry = (): AuditEntry => auditEntry(event, at, null, reason);
  return { ending: ending(at, reason), audit: entry(), rest: entry() };
}

/**
 * Fails unless these sessions, and no others, were told to have ended so: an entry each, under an id of its own, and one for
 * the count of those that left no tombstone.
 */
export async function endedWith(
  { store, userId }: Pick<Scene, 'store' | 'userId'>,
  { audit, rest }: Farewell,
  ids: readonly SessionId[],
  silent = 0,
): Promise<void> {
  const entries = await historyOf(store, userId);
  const all = entries.filter(({ event, reason }) => event === audit.event && reason === audit.reason);
  const told = all.filter(({ sessionId }) => sessionId !== null);
  assert.deepEqual(
    all.filter(({ sessionId }) => sessionId === null),
    silent === 0 ? [] : [{ ...rest, count: silent }],
  );
  assert.deepEqual(new Set(told.map(({ sessionId }) => sessionId)), new Set(ids));
  assert.equal(told.length, ids.length);
  for (const entry of told) assert.deepEqual({ ...entry, id: audit.id, sessionId: null }, audit);
  assert.equal(new Set(entries.map(({ id }) => id)).size, entries.length);
}

/** As most entries are. */
const unrelayed = { client: null, subject: null, relayed: false };
