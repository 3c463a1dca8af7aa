import type { AuditEntry } from '../../domain/audit-entry';
import type { Sighting } from '../../domain/sighting';
import { owesLogin } from '../../store/kept-entries';
import { sightingsIn } from './sightings';

/** What of a history shows where and on what its user signs in. */
export interface Established {
  /** The latest first. */
  readonly signIns: readonly Sighting[];
  /** The history holds sign-ins, and not one of them was its user's for certain. */
  readonly isDoubtful: boolean;
}

/**
 * Sign-ins that were refused, never confirmed or disowned show nothing of the user: whoever has the password would else be a known device in a usual
 * place at the second try.
 */
export function establishedBy(entries: readonly AuditEntry[]): Established {
  const created = entries.filter(({ event }) => event === 'session_created');
  const begun = new Set(created.map(({ sessionId }) => sessionId));
  const confirmations = entries.filter(({ event }) => event === 'step_up_confirmed');
  const confirmed = new Set(confirmations.map(({ sessionId }) => sessionId));
  const disowned = disownedIn(entries);
  const isSound = ({ event, reason, sessionId, at }: AuditEntry): boolean => {
    if (disowned(at)) return false;
    if (event === 'session_created') return reason !== owesLogin || confirmed.has(sessionId);
    // A sign-in that owed a login is forgotten before this: then this stands for it.
    return event === 'step_up_confirmed' && !begun.has(sessionId);
  };
  const sound = entries.filter(isSound);
  const isDoubted = begun.size > 0 || entries.some(({ event }) => event === 'sign_in_refused');
  return { signIns: sound.flatMap(sightingsIn), isDoubtful: sound.length === 0 && isDoubted };
}

/** Whoever disowns a sign-in disowns all from that one until then. */
function disownedIn(entries: readonly AuditEntry[]): (at: number) => boolean {
  const spans = entries
    .filter(({ event }) => event === 'sign_in_disowned')
    .map(({ at: until, sessionId, since }) => {
      const first = entries.find((entry) => entry.event === 'session_created' && entry.sessionId === sessionId);
      // What the history does not hold any more may have been before all that it holds.
      return { from: first?.at ?? since ?? 0, until };
    });
  return (at) => spans.some(({ from, until }) => at >= from && at <= until);
}
