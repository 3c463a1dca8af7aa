import type { Actor } from '../../domain/actor';
import type { AuditEvent } from '../../domain/audit-entry';
import { isoTime } from '../../domain/iso-time';
import { type SessionId, type UserKey, userTag } from '../../domain/session-id';
import { mintOneTimeToken } from '../../tokens/one-time-token';
import { auditEntry } from '../audit';
import type { Context } from '../context';

interface Issue {
  readonly purpose: string;
  readonly lifetime: number;
  readonly uses: number;
  /** null: nobody's. */
  readonly user: UserKey | null;
  /** The id of that user. */
  readonly userId?: string | null;
  readonly payload: object;
  readonly actor: Actor;
  /** How the history tells of it; `one_time_token_issued` unless given. */
  readonly event?: AuditEvent;
  /** The session that it is about. */
  readonly sessionId?: SessionId;
}

/** A token as it is given out. */
export interface Issued {
  readonly status: 'issued';
  readonly token: string;
  readonly expiresAt: string;
}

/** Makes a token that opens something so many times. 1 round trip. */
export async function issueOneTime(
  { settings, store, time }: Context,
  { purpose, lifetime, uses, user, userId = null, payload, actor, ...told }: Issue,
): Promise<Issued> {
  const { token, id } = mintOneTimeToken(user === null ? undefined : userTag(user));
  const write = await time.stamp();
  const expiresAt = write.at + lifetime;
  await store.putOneTime({
    ...write,
    oneTime: { id, purpose, expiresAt, uses, user, payload: JSON.stringify(payload) },
    audit: auditEntry(settings, write.at, told.event ?? 'one_time_token_issued', {
      actor,
      sessionId: told.sessionId ?? null,
      reason: purpose,
      subject: userId,
    }),
  });
  return { status: 'issued', token, expiresAt: isoTime(expiresAt) };
}
