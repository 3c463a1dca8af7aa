import { refreshEndsAt } from '../domain/deadlines';
import type { EndReason } from '../domain/end-reason';
import type { Digest } from '../domain/secret';
import type { ParentCredentials, SessionRecord } from '../domain/session-record';
import { sameBytes } from '../domain/same-bytes';

/** A refresh token as judged: what it says of itself, its secret as a digest only. */
export interface PresentedRefresh {
  readonly family: Buffer;
  readonly generation: number;
  readonly digest: Digest;
}

/** What a refresh token is worth. */
export type RefreshJudgement =
  | { readonly status: 'rotate' }
  | { readonly status: 'repeat'; readonly parent: ParentCredentials }
  | { readonly status: 'reused' }
  | { readonly status: 'rolled-back' }
  | { readonly status: 'expired' }
  | { readonly status: 'revoked'; readonly reason: EndReason }
  | { readonly status: 'invalid' };

/**
 * The rotation table of the design, in its order of judgement. `sameDevice` is asked only where it decides.
 * A judgement other than `rotate` and `repeat` never changes with time or further rotations, so it may be acted on in a
 * second step.
 */
export function judgeRefresh(
  record: SessionRecord | undefined,
  presented: PresentedRefresh,
  at: number,
  sameDevice: (record: SessionRecord) => boolean,
): RefreshJudgement {
  if (!record || !sameBytes(presented.family, record.credentials.family)) return { status: 'invalid' };
  if (record.ending) return { status: 'revoked', reason: record.ending.reason };

  const { credentials } = record;
  const isCurrent =
    presented.generation === credentials.generation && sameBytes(presented.digest, credentials.refreshDigest);
  const parent = parentPresented(record, presented);
  if (credentials.refreshRevoked && (isCurrent || parent)) return { status: 'revoked', reason: 'token_revoked' };
  if (at >= refreshEndsAt(record)) return { status: 'expired' };

  if (isCurrent) return { status: 'rotate' };
  if (parent && isWithinGrace(record, at) && sameDevice(record)) return { status: 'repeat', parent };
  if (presented.generation >= credentials.generation) return { status: 'rolled-back' };
  return { status: 'reused' };
}

function parentPresented(
  { credentials }: SessionRecord,
  presented: PresentedRefresh,
): ParentCredentials | undefined {
  const { parent, generation } = credentials;
  return parent && presented.generation === generation - 1 && sameBytes(presented.digest, parent.refreshDigest)
    ? parent
    : undefined;
}

/** Until the successor is confirmed its holder may never have received it; from then on only `grace` remains. */
function isWithinGrace({ credentials, windows }: SessionRecord, at: number): boolean {
  if (windows.grace === 0) return false;
  return credentials.confirmedAt === null || at < credentials.confirmedAt + windows.grace;
}
