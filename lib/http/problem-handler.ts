import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyParserProblem } from './body-parser-problem';
import type { ErrorMiddleware, Next } from './message';
import { isSessionError, writeProblem } from './problem';

/**
 * Answers this library's errors as RFC 9457 problem+json with the right status and headers (`WWW-Authenticate` on 401,
 * `Retry-After` on 503); mount it last. What Express' body parsers refuse is answered likewise: `request_invalid`,
 * `payload_too_large`, `unsupported_media_type`. Other errors, and those of a response that has begun, go on to the next error
 * handler.
 *
 * Answers `{ type, title, status, code, detail?, reason?, field? }`; `docs/errors.md` lists the codes.
 */
export function problemHandler(): ErrorMiddleware {
  return function problemHandler(error: unknown, _req: IncomingMessage, res: ServerResponse, next: Next): void {
    const known = isSessionError(error) ? error : bodyParserProblem(error);
    if (res.headersSent || !known) next(error);
    else writeProblem(res, known);
  };
}
