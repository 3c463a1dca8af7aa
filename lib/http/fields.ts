import type { z } from 'zod';
import { SessionError } from '../domain/error';

/**
 * What a schema makes of a body or a query. Only members that it names are copied, one by one, so a `__proto__` among them
 * reaches no prototype (A57, B26); the first that is unknown or wrong is named.
 *
 * @throws SessionError `request_invalid`
 */
export function readFields<Schema extends z.ZodObject>(schema: Schema, input: unknown): z.output<Schema> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new SessionError('request_invalid', { detail: 'The body must be a JSON object.' });
  }
  const known: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(input)) {
    if (!Object.hasOwn(schema.shape, name)) throw invalidField(name, 'unknown');
    known[name] = value;
  }
  const result = schema.safeParse(known);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw invalidField(issue?.path[0], issue?.message ?? 'not valid');
}

/** The query as a flat object. A parameter that comes twice is refused: two readers would pick different ones. */
export function readQuery(search: string): Record<string, string> {
  const query: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of new URLSearchParams(search)) {
    if (Object.hasOwn(query, name)) throw invalidField(name, 'expected once');
    query[name] = value;
  }
  return query;
}

/** Names that could not be a member's are not repeated to the caller. */
function invalidField(name: PropertyKey | undefined, what: string): SessionError {
  const field = typeof name === 'string' && /^[\w$.-]{1,64}$/.test(name) ? name : undefined;
  return new SessionError('request_invalid', {
    detail: field === undefined ? `The request: ${what}.` : `${field}: ${what}.`,
    ...(field !== undefined && { field }),
  });
}
