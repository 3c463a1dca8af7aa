import { SessionError } from '../domain/error';
import type { SessionView } from '../domain/session-view';

/** Why a session that is otherwise good opens nothing before a fresh login; undefined where it owes none, or is let in to give it. */
export function refuseStepUp(
  { stepUpRequired }: Pick<SessionView<object>, 'stepUpRequired'>,
  { allowStepUp }: { readonly allowStepUp: boolean },
): SessionError | undefined {
  return stepUpRequired && !allowStepUp ? new SessionError('step_up_required') : undefined;
}
