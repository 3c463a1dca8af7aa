import type { Actor } from '../domain/actor';
import type { SessionView } from '../domain/session-view';

/** Who acts in a session: the user, or whoever uses it in the user's place. */
export function actorIn({ actor }: Pick<SessionView<object>, 'actor'>): Actor {
  return actor ? { type: 'impersonator', id: actor.id } : { type: 'user' };
}
