import type { AuditEntry } from '../../domain/audit-entry';
import { type SessionId, sessionTag, userKey, type UserKey, userTag } from '../../domain/session-id';
import type { SessionRecord } from '../../domain/session-record';
import { slottedParts } from '../../domain/slotted-id';
import type { Count, CountOutcome, Reset, ResetOutcome } from '../../store/counters';
import type { Create, Farewell, SetLimit, Trim } from '../../store/creation';
import type { Amend, Rekey, Repeat, Retire, Revoke, RevokeAll } from '../../store/commands';
import { farewellEntryId } from '../../store/farewell-entry-id';
import type { Disown, DisownOutcome } from '../../store/disown';
import type { Erase, EraseOutcome } from '../../store/erasure';
import type { Note } from '../../store/note';
import type { ConsumeOneTime, ConsumeOneTimeOutcome, PutOneTime } from '../../store/one-times';
import type {
  AmendOutcome,
  CreateOutcome,
  RekeyOutcome,
  RepeatOutcome,
  RetireOutcome,
  RevokeAllOutcome,
  RevokeOutcome,
  TrimOutcome,
} from '../../store/outcomes';

/** An entry that a store has written. */
export interface Told {
  /** Where its outbox is. */
  readonly tag: string;
  readonly entry: AuditEntry;
  readonly userId: string | null;
}

/**
 * What a verb has written, by its outcome. A command that was sent again may tell the same once more, with the same ids: `AuditHandOver`
 * knows those of late.
 */
export const tellers = {
  create: (command: Create, outcome: CreateOutcome) => [...toldByCreate(command, outcome)],
  repeat: ({ id, audit }: Repeat, outcome: RepeatOutcome) =>
    outcome.status === 'repeated' && outcome.record.credentials.repeats === 1
      ? [ofSession(id, audit, outcome)]
      : [],
  rekey: ({ id, audit }: Rekey, outcome: RekeyOutcome) =>
    outcome.status === 'rekeyed' ? [ofSession(id, audit, outcome)] : [],
  amend: ({ id, audit }: Amend, outcome: AmendOutcome) =>
    audit && outcome.status === 'amended' ? [ofSession(id, audit, outcome)] : [],
  retire: ({ id, audit }: Retire, outcome: RetireOutcome) =>
    outcome.status === 'retired' ? [ofSession(id, audit, outcome)] : [],
  revoke: ({ id, audit }: Revoke, outcome: RevokeOutcome) =>
    outcome.status === 'ended' && outcome.changed ? [ofSession(id, audit, outcome)] : [],
  revokeAll: ({ user, audit, most }: RevokeAll, { count, kept }: RevokeAllOutcome) =>
    most === null || count > 0 ? [ofUser(user, { ...audit, count }, kept?.profile.userId)] : [],
  disown: ({ user, audit }: Disown, outcome: DisownOutcome) =>
    outcome.status === 'missing' ? [] : [ofUser(user, toldByDisown(audit, outcome))],
  // The outcome does not name them: one entry tells of all.
  trim: ({ user, evicting }: Trim, { count }: TrimOutcome) =>
    count > 0 ? [ofUser(user, { ...evicting.rest, count })] : [],
  setLimit: ({ user, audit }: SetLimit) => [ofUser(user, audit)],
  // Whom it was about, nobody is told.
  erase: ({ user, audit }: Erase, { count }: EraseOutcome) =>
    audit ? [{ tag: userTag(user), entry: { ...audit, count }, userId: null }] : [],
  note: ({ user, audit }: Note) => [ofUser(user, audit)],
  putOneTime: ({ oneTime: { id, user }, audit }: PutOneTime) => (user === null ? [] : [inSlot(id, audit)]),
  consumeOneTime: ({ id, audit }: ConsumeOneTime, outcome: ConsumeOneTimeOutcome) =>
    outcome.status === 'missing' || outcome.oneTime.user === null ? [] : [inSlot(id, audit[outcome.status])],
  count: (command: Count, outcome: CountOutcome) => toldByCount(command, outcome),
  reset: ({ audit }: Reset, { forgot }: ResetOutcome) => (audit && forgot ? [ofUser(audit.user, audit.entry)] : []),
} as const;

function* toldByCreate(command: Create, outcome: CreateOutcome): Iterable<Told> {
  const { record, audit, onReached, consumes, evicting } = command;
  const { userId } = record.profile;
  const tag = userTag(userKey(userId));
  if (outcome.status === 'limit-reached') {
    for (const { id } of outcome.ended) yield { tag, entry: farewellEntry(evicting, id), userId };
    if (!consumes && onReached) yield { tag, entry: onReached.audit, userId };
  }
  if (outcome.status !== 'created') return;
  const { ended, endedCount } = outcome;
  if (endedCount > ended.length) {
    yield { tag, entry: { ...evicting.rest, count: endedCount - ended.length }, userId };
  }
  for (const one of ended) yield { tag, entry: farewellEntry(farewellOf(command, one), one.id), userId };
  yield { tag, entry: audit, userId };
}

function toldByDisown(audit: Disown['audit'], outcome: Exclude<DisownOutcome, { status: 'missing' }>): AuditEntry {
  const entry = audit[outcome.status];
  return outcome.status === 'disowned' ? { ...entry, count: outcome.count } : entry;
}

function toldByCount({ budgets, user, probe }: Count, { status, budget, counters }: CountOutcome): Told[] {
  const applied = budgets[budget];
  if (probe || status !== 'counted' || !applied?.audit) return [];
  const rules = [applied.leader, ...applied.followers];
  const locking = rules.findIndex(({ locksFrom }, index) => {
    return locksFrom !== null && (counters[index]?.count ?? 0) >= locksFrom;
  });
  const entry = applied.audit[locking];
  return entry ? [ofUser(user, entry)] : [];
}

/** Stores name the entry of a session that they found themselves by a part of its random id. */
function farewellEntry({ audit }: Farewell, sessionId: SessionId): AuditEntry {
  return { ...audit, id: farewellEntryId(sessionId), sessionId };
}

function farewellOf({ replacing, evicting }: Create, { ending }: SessionRecord): Farewell {
  return ending?.reason === replacing.ending.reason ? replacing : evicting;
}

function ofSession(id: SessionId, entry: AuditEntry, { record }: { readonly record: SessionRecord }): Told {
  return { tag: sessionTag(id), entry, userId: record.profile.userId };
}

function ofUser(user: UserKey, entry: AuditEntry, userId?: string): Told {
  return { tag: userTag(user), entry, userId: userId ?? entry.subject };
}

function inSlot(id: Parameters<typeof slottedParts>[0], entry: AuditEntry): Told {
  return { tag: slottedParts(id).tag, entry, userId: entry.subject };
}
