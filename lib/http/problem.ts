import type { ServerResponse } from 'node:http';
import type { z } from 'zod';
import type { problem } from '../contract/problem';
import { errorCodes, SessionError } from '../domain/error';
import { writeJson } from './json-answer';

/** By name and code: a second copy of this library in the process (CJS beside ESM) has a class of its own. */
export function isSessionError(error: unknown): error is SessionError {
  return (
    error instanceof SessionError ||
    (error instanceof Error &&
      error.name === 'SessionError' &&
      'code' in error &&
      Object.hasOwn(errorCodes, String(error.code)))
  );
}

/** Answers a request with an error, unless it has been answered. Nothing that the caller sent is in a header (B24). */
export function writeProblem(
  res: ServerResponse,
  error: SessionError,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (res.headersSent) return;
  for (const [name, value] of Object.entries({ ...error.headers, ...headers })) res.setHeader(name, value);
  writeJson(res, error.status, problemOf(error), 'application/problem+json');
}

function problemOf(error: SessionError): z.input<typeof problem> {
  const { code, status, title, detail, reason, field, extensions } = error;
  return {
    type: `urn:sessionkeeper:problem:${code}`,
    title,
    status,
    code,
    // A fault of this process is told to its log, not to its callers (A16.5.1).
    ...(detail !== undefined && status !== 500 && { detail }),
    ...(reason !== undefined && { reason }),
    ...(field !== undefined && { field }),
    ...extensions,
  };
}
