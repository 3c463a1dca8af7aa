import { closest, distance } from 'fastest-levenshtein';
import { SessionError } from '../domain/error';
import { describeValue, isCredential } from '../domain/describe-value';

/** An `options_invalid` error that names the option, what was expected and what came. */
export function optionError(option: string, expected: string, got: unknown): SessionError {
  return new SessionError('options_invalid', {
    detail: `${option}: expected ${expected}, got ${describeValue(got)}`,
  });
}

/**
 * The options as a record, all of whose names are known. `where` is how the error calls the object, such as `lifetimes`;
 * empty at the top. `elsewhere`: of names that belong to something else, what they are.
 */
export function refuseUnknown(
  input: unknown,
  known: readonly string[],
  where: string,
  elsewhere?: ReadonlyMap<string, string>,
): Record<string, unknown> {
  if (input === undefined) return {};
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw optionError(where || 'options', 'an object', input);
  }
  for (const name of Object.keys(input)) {
    if (known.includes(name)) continue;
    const what = elsewhere?.get(name);
    if (what !== undefined) throw new SessionError('options_invalid', { detail: `${name}: ${what}` });
    const shown = isPlainName.test(name) && !isCredential(name) ? name : describeValue(name);
    throw unknownName(`${where ? `${where}.${shown}` : shown}: unknown option`, name, known);
  }
  return input as Record<string, unknown>;
}

/** An `options_invalid` error for a name that nothing bears; `problem` says where it stands. */
export function unknownName(problem: string, name: string, known: readonly string[]): SessionError {
  const near = nearest(name, known);
  return new SessionError('options_invalid', {
    detail: `${problem}; ${near ? `did you mean '${near}'?` : `known are ${known.join(', ')}`}`,
  });
}

export function readBoolean(value: unknown, option: string, fallback: boolean): boolean {
  if (value === undefined) return fallback;
  if (typeof value !== 'boolean') throw optionError(option, 'true or false', value);
  return value;
}

export function readFunction<F>(value: unknown, option: string): F | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'function') throw optionError(option, 'a function', value);
  return value as F;
}

// Names may come from elsewhere too, where an app hands on an object that it was sent.
const isPlainName = /^[\w$.-]{1,64}$/;

function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const best = closest(
    name.toLowerCase(),
    known.map((candidate) => candidate.toLowerCase()),
  );
  if (distance(name.toLowerCase(), best) > Math.max(2, name.length / 3)) return undefined;
  return known.find((candidate) => candidate.toLowerCase() === best);
}
