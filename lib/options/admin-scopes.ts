import { type AdminScope, adminScopes } from '../domain/admin-scope';
import { optionError, unknownName } from './read-options';

/** @throws SessionError `options_invalid`, naming the scope that there is not */
export function readAdminScopes(value: unknown, option: string): readonly AdminScope[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw optionError(option, "an array of scopes such as ['users:read'], at least one", value);
  }
  for (const scope of value as readonly unknown[]) {
    if (typeof scope !== 'string') throw optionError(option, 'scopes, each a text', scope);
    if (!isAdminScope(scope))
      throw unknownName(`${option}: no scope is called '${shown(scope)}'`, scope, adminScopes);
  }
  return Object.freeze([...new Set(value as readonly AdminScope[])]);
}

export function isAdminScope(scope: unknown): scope is AdminScope {
  return (adminScopes as readonly unknown[]).includes(scope);
}

function shown(scope: string): string {
  return scope.length > 40 ? `${scope.slice(0, 40)}…` : scope;
}
