import type { AdminActor } from '../../../domain/admin-actor';
import { adminScopes } from '../../../domain/admin-scope';
import { kindOfValue } from '../../../domain/kind-of-value';
import { isAdminScope } from '../../../options/admin-scopes';

const longestId = 128;

/** What is wrong with what `authorize` gave, by the member's name and never by its value; undefined where it may stand. */
export function actorProblem(answer: unknown): string | undefined {
  if (answer === null || answer === undefined) return undefined;
  if (typeof answer !== 'object') return `${kindOfValue(answer)}: expected { id, scopes }, or null for nobody`;
  const { id, scopes, sessionId } = answer as Partial<Record<keyof AdminActor, unknown>>;
  if (!isId(id)) return `as id ${kindOfValue(id)}: expected 1 to ${longestId} characters of text`;
  if (!Array.isArray(scopes)) return `as scopes ${kindOfValue(scopes)}: expected an array of them`;
  if (!scopes.every(isAdminScope))
    return `scopes with one that there is not: expected some of ${adminScopes.join(', ')}`;
  if (sessionId === undefined || typeof sessionId === 'string') return undefined;
  return `as sessionId ${kindOfValue(sessionId)}: expected text, or none`;
}

function isId(id: unknown): boolean {
  return typeof id === 'string' && id.length > 0 && id.length <= longestId && id.isWellFormed();
}
