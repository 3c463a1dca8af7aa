import type { AccessEntry } from '../../store/access-log';

/** An entry of the access log as JSON; its id stands beside it, where the script finds it without reading this. */
type StoredAccess = readonly [
  at: number,
  actor: string | null,
  operation: string | null,
  status: number,
  code: string | null,
  userId: string | null,
  sessionId: string | null,
  ip: string | null,
];

export function encodeAccess({ at, actor, operation, status, code, userId, sessionId, ip }: AccessEntry): string {
  return JSON.stringify([at, actor, operation, status, code, userId, sessionId, ip] satisfies StoredAccess);
}

export function decodeAccess(id: string, stored: string): AccessEntry {
  const [at, actor, operation, status, code, userId, sessionId, ip] = JSON.parse(stored) as StoredAccess;
  return { id, at, actor, operation, status, code, userId, sessionId, ip };
}
