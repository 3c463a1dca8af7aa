import type { Actor } from '../../domain/actor';
import { SessionError } from '../../domain/error';
import type { Impersonator } from '../../domain/impersonator';

/** Whoever acts in a user's place ends the session in which they do it, and nothing else. @throws SessionError `forbidden_while_impersonating` */
export function refuseImpersonator({ type, id }: Actor, target: Impersonator | null = null): void {
  if (type === 'impersonator' && (target === null || target.id !== id)) {
    throw new SessionError('forbidden_while_impersonating');
  }
}
