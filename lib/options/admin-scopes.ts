import { type AdminScope, adminScopes } from '../domain/admin-scope';
import { describeValue } from '../domain/describe-value';
import { optionError, unknownName } from './read-options';

/** @throws SessionError `options_invalid`, naming the scope that there is not */
export function readAdminScopes(value: unknown, option: string): readonly AdminScope[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw optionError(option, "an array of scopes such as ['users:read'], at least one", value);
  }
  for (const scope of value as readonly unknown[]) {
    if (typeof scope !== 'string') throw optionError(option, 'scopes, each a text', scope);
    if (!isAdminScope(scope))
      throw unknownName(`${option}: no scope is called ${describeValue(scope)}`, scope, adminScopes);
  }
  return Object.freeze([...new Set(value as readonly AdminScope[])]);
}

export function isAdminScope(scope: unknown): scope is AdminScope {
  return (adminScopes as readonly unknown[]).includes(scope);
}
