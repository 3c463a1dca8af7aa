import type { z } from 'zod';
import type { AdminScope } from '../domain/admin-scope';
import type { ErrorCode } from '../domain/error';

/** One answer of an operation. */
export interface AnswerContract {
  readonly description: string;
  /** What its JSON body is; absent where it has none. */
  readonly body?: z.ZodType;
  /** Whether it may come without that body. */
  readonly mayBeEmpty?: boolean;
  /** Of a body that is no JSON, such as a page. */
  readonly contentType?: string;
}

/**
 * One method on one path of a router: all that its callers may know of it. Requests are checked by it, the OpenAPI document
 * is written from it, and a test holds every answer against it.
 */
export interface Operation<
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodObject | undefined = z.ZodObject | undefined,
> {
  /** Unique on its router, such as `listSessions`. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With its parameters in braces: `/users/{userId}/limit`. */
  readonly path: `/${string}`;
  /** The section of the documentation that it stands in. */
  readonly section: string;
  readonly summary: string;
  readonly description?: string;
  /** What each parameter of the path is. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  /** How the body is written; `json` unless given. */
  readonly encoding?: 'json' | 'form' | 'json-or-form';
  /** Whether all that it answers, refusals included, comes as a page to whoever asks for `text/html`. */
  readonly pages?: boolean;
  /** By status. */
  readonly answers: Readonly<Record<number, AnswerContract>>;
  /** The codes that it refuses with, beside those that every operation of its router may. */
  readonly problems: readonly ErrorCode[];
  /** Of the codes that operations of its router may refuse with, those that it cannot. */
  readonly never?: readonly ErrorCode[];
  /** Who may call it: anyone, anyone signed in, or an administrator with this scope. */
  readonly access: 'anyone' | 'session' | AdminScope;
}

/** Checks an operation's type, and keeps what it is in particular. */
export function operation<Query extends z.ZodObject, Body extends z.ZodObject | undefined>(
  definition: Operation<Query, Body>,
): Operation<Query, Body> {
  return Object.freeze(definition);
}
