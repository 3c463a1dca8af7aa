import { clientMark } from '../device/client-mark';
import type { Client } from '../domain/client';
import { freeze } from '../domain/freeze';
import type { SessionId } from '../domain/session-id';
import type { SessionRecord } from '../domain/session-record';
import type { AddressPrivacy } from '../options/privacy';
import { isConfirmationDue, touchInterval } from '../policies/touch';
import type { VerifyOptions } from './inputs';
import type { ActiveOutcome } from './outcomes';

/** An access token that was judged good, as the near cache keeps it: everything is worked out, a hit only compares. */
export interface Admitted {
  /** Frozen: every request that shows this token gets the same one. */
  readonly outcome: ActiveOutcome;
  /** Who has been judged with it, by `clientMark`. */
  readonly known: readonly string[];
  /** Milliseconds: when the token runs out. */
  readonly expiresAt: number;
  /** From then on a use is to be recorded. */
  readonly touchDueAt: number;
  /** The token is the current one, and nobody has recorded yet that it arrived. */
  readonly isUnconfirmed: boolean;
}

const nobody: readonly string[] = Object.freeze([]);

/** What is kept of a judgement. */
export function admitted(
  record: SessionRecord,
  current: boolean,
  expiresAt: number,
  outcome: ActiveOutcome,
): Admitted {
  return {
    outcome: freeze(outcome),
    known: record.profile.risk?.known ?? nobody,
    expiresAt,
    touchDueAt: record.lastSeenAt + touchInterval(record),
    isUnconfirmed: current && isConfirmationDue(record),
  };
}

/** Whether a use now needs nothing but the outcome: neither judgement nor a write. */
export function stillServes(kept: Admitted, at: number, { slide = true, confirm = true }: VerifyOptions): boolean {
  return at < kept.expiresAt && !(slide && at >= kept.touchDueAt) && !(confirm && kept.isUnconfirmed);
}

/** Whether the risk of this caller's using it was judged before. Costs a hash. */
export function isCallerOf({ outcome, known }: Admitted, client: Client, privacy: AddressPrivacy): boolean {
  return known.includes(clientMark(outcome.session.id as SessionId, client, privacy));
}
