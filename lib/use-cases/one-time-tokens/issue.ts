import type { Actor } from '../../domain/actor';
import { isoTime } from '../../domain/iso-time';
import { type UserKey, userTag } from '../../domain/session-id';
import { mintOneTimeToken } from '../../tokens/one-time-token';
import { auditEntry } from '../audit';
import type { Context } from '../context';

interface Issue {
  readonly purpose: string;
  readonly lifetime: number;
  readonly uses: number;
  /** null: nobody's. */
  readonly user: UserKey | null;
  readonly payload: object;
  readonly actor: Actor;
}

/** A token as it is given out. */
export interface Issued {
  readonly status: 'issued';
  readonly token: string;
  readonly expiresAt: string;
}

/** Makes a token that opens something so many times. 1 round trip. */
export async function issueOneTime(
  { store, time }: Context,
  { purpose, lifetime, uses, user, payload, actor }: Issue,
): Promise<Issued> {
  const { token, id } = mintOneTimeToken(user === null ? undefined : userTag(user));
  const write = await time.stamp();
  const expiresAt = write.at + lifetime;
  await store.putOneTime({
    ...write,
    oneTime: { id, purpose, expiresAt, uses, user, payload: JSON.stringify(payload) },
    audit: auditEntry(write.at, 'one_time_token_issued', { actor, sessionId: null, reason: purpose }),
  });
  return { status: 'issued', token, expiresAt: isoTime(expiresAt) };
}
