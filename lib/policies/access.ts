import { effectiveExpiresAt, refreshEndsAt } from '../domain/deadlines';
import type { EndReason } from '../domain/end-reason';
import type { Digest } from '../domain/secret';
import type { SessionRecord } from '../domain/session-record';
import { sameBytes } from '../domain/same-bytes';

/** What an access token is worth. */
export type AccessJudgement =
  | {
      /** `step-up`: good, and the session opens nothing before a fresh login. */
      readonly status: 'active' | 'step-up';
      readonly record: SessionRecord;
      readonly current: boolean;
      /** When this very token runs out, the session with it or not. */
      readonly expiresAt: number;
    }
  /** `refreshable`: the session lives on, a refresh token can open it. */
  | { readonly status: 'expired'; readonly record: SessionRecord; readonly refreshable: boolean }
  | { readonly status: 'revoked'; readonly record: SessionRecord; readonly reason: EndReason }
  | { readonly status: 'invalid' };

const invalid = { status: 'invalid' } as const;

/** Only a session's own tokens learn what became of it; a guess at its id learns nothing (A29). */
export function judgeAccess(record: SessionRecord | undefined, presented: Digest, at: number): AccessJudgement {
  if (!record) return invalid;
  const { accessDigest, accessExpiresAt, parent } = record.credentials;
  const current = sameBytes(presented, accessDigest);
  if (!current && !sameBytes(presented, parent?.accessDigest)) return invalid;
  if (record.ending) return { status: 'revoked', record, reason: record.ending.reason };
  // The replaced token must not outlive a session whose current tokens were all revoked one by one.
  const expiresAt = Math.min(current ? accessExpiresAt : parent!.accessExpiresAt, effectiveExpiresAt(record));
  if (at < expiresAt) return { status: record.stepUp ? 'step-up' : 'active', record, current, expiresAt };
  return { status: 'expired', record, refreshable: isRefreshable(record, at) };
}

function isRefreshable(record: SessionRecord, at: number): boolean {
  return !record.credentials.refreshRevoked && at < refreshEndsAt(record);
}
