import type { AdminActor } from '../../../domain/admin-actor';
import type { AdminScope } from '../../../domain/admin-scope';
import { outOfScope } from './challenge';

/** @throws SessionError `insufficient_scope` where the actor may not do this */
export function requireScope({ scopes }: AdminActor, scope: AdminScope): void {
  if (!scopes.includes(scope)) throw outOfScope(scope);
}
