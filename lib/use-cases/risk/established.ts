import type { AuditEntry } from '../../domain/audit-entry';
import type { Sighting } from '../../domain/sighting';
import { sightingsIn } from './sightings';

/** On the entry of a sign-in that made a session which owes a fresh login. */
export const owesLogin = 'step_up';

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
  const confirmed = new Set<unknown>();
  const disowned = disownedIn(entries);
  for (const { event, sessionId } of entries) if (event === 'step_up_confirmed') confirmed.add(sessionId);
  const created = entries.filter(({ event }) => event === 'session_created');
  const sound = created.filter(
    ({ reason, sessionId, at }) => (reason !== owesLogin || confirmed.has(sessionId)) && !disowned(at),
  );
  const isDoubted = created.length > 0 || entries.some(({ event }) => event === 'sign_in_refused');
  return { signIns: sound.flatMap(sightingsIn), isDoubtful: sound.length === 0 && isDoubted };
}

/** Whoever disowns a sign-in disowns all from that one until then. */
function disownedIn(entries: readonly AuditEntry[]): (at: number) => boolean {
  const spans = entries
    .filter(({ event }) => event === 'sign_in_disowned')
    .map(({ at: until, sessionId }) => {
      const first = entries.find((entry) => entry.event === 'session_created' && entry.sessionId === sessionId);
      // What the history does not hold any more was before all that it holds.
      return { from: first?.at ?? 0, until };
    });
  return (at) => spans.some(({ from, until }) => at >= from && at <= until);
}
