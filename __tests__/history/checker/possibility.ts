import type { Fault, Instant, Operation } from '../history';

/** Whether it has or may have taken effect. */
export function mayHaveHappened({ outcome }: Operation): boolean {
  return outcome.status !== 'refused' && outcome.status !== 'unsent';
}

/** The latest instant at which it may have taken effect. One whose reply was lost may be under way for ever. */
export function possibleUntil({ outcome, completedAt }: Operation): Instant {
  return outcome.status === 'lost' ? Infinity : completedAt;
}

/** Whether Redis may have lost something between these instants that it had acknowledged. */
export function mayHaveLost(faults: readonly Fault[], from: Instant, until: Instant): boolean {
  return lossesBetween(faults, from, until).length > 0;
}

/** The faults by which it may. */
export function lossesBetween(faults: readonly Fault[], from: Instant, until: Instant): readonly Fault[] {
  return faults.filter((fault) => fault.loses && fault.from < until && fault.until > from);
}
