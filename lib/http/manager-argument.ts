import { optionError } from '../options/read-options';

/**
 * Refuses, where a middleware is made, what would otherwise fail at each of its requests. By shape and not by class: an app that loads the
 * library both as ESM and as CJS has two classes.
 *
 * @throws SessionError `options_invalid`, naming the factory
 */
export function checkManager(sessions: unknown, factory: string): void {
  const { settings, verify } = Object(sessions) as Readonly<Record<string, unknown>>;
  if (typeof settings === 'object' && settings !== null && typeof verify === 'function') return;
  throw optionError(factory, 'a SessionManager first', sessions);
}
