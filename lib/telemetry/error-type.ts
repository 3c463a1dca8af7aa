import { errorCodes } from '../domain/error';

// What OpenTelemetry's conventions say of an error that has no name of few values.
const unknownType = '_OTHER';

const builtIn: ReadonlySet<string> = new Set(['Error', 'TypeError', 'RangeError', 'SyntaxError', 'AggregateError']);

/**
 * The `error.type` of what was thrown: the code of this library's errors, the name of a built-in one. Nothing else of it is told: a
 * message may hold what the caller sent, and a name of the app's own may be anything.
 */
export function errorType(thrown: unknown): string {
  if (!(thrown instanceof Error)) return unknownType;
  const { name, code } = thrown as Error & { readonly code?: unknown };
  if (name === 'SessionError' && typeof code === 'string' && Object.hasOwn(errorCodes, code)) return code;
  return builtIn.has(name) ? name : unknownType;
}
