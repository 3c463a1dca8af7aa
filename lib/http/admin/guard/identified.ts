import type { AdminActor } from '../../../domain/admin-actor';
import type { SessionError } from '../../../domain/error';
import type { RefusedCaller } from '../../../use-cases/refused-calls';

/** Who calls; or why nobody does, and who it would have been, as of a secret that has expired. */
export type Identified =
  | { readonly status: 'known'; readonly actor: AdminActor }
  | {
      readonly status: 'refused';
      readonly error: SessionError;
      /** As whose it counts; null: it does not, being refused for those before it. */
      readonly caller: RefusedCaller | null;
      readonly actorId: string | null;
    };

export function refused(
  error: SessionError,
  caller: RefusedCaller | null,
  actorId: string | null = null,
): Identified {
  return { status: 'refused', error, caller, actorId };
}
