import { type ErrorCode, errorCodes, SessionError } from '../domain/error';

/** By the `type` of the error, or the `code` of what failed to unpack the body. */
const refusals: Readonly<Record<string, readonly [code: ErrorCode, detail: string]>> = {
  'entity.parse.failed': ['request_invalid', 'The body could not be parsed.'],
  'request.aborted': ['request_invalid', 'The body broke off.'],
  'request.size.invalid': ['request_invalid', 'The body is not as long as its Content-Length.'],
  'querystring.parse.rangeError': ['request_invalid', 'The body is nested too deeply.'],
  Z_DATA_ERROR: ['request_invalid', 'The body could not be decompressed.'],
  Z_BUF_ERROR: ['request_invalid', 'The body could not be decompressed.'],
  'entity.too.large': ['payload_too_large', 'The body is larger than this app takes.'],
  'parameters.too.many': ['payload_too_large', 'The body has more parameters than this app takes.'],
  'encoding.unsupported': ['unsupported_media_type', 'The Content-Encoding of the body is not supported.'],
  'charset.unsupported': ['unsupported_media_type', 'The charset of the body is not supported.'],
};

/**
 * What `express.json()` and the other parsers of body-parser refuse, in this library's words: theirs quote the body, which may
 * hold a password. undefined for any other error.
 */
export function bodyParserProblem(error: unknown): SessionError | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  const { type, code: cause, status, expose } = error as Readonly<Record<string, unknown>>;
  const name = String(type ?? cause);
  const refusal = Object.hasOwn(refusals, name) ? refusals[name] : undefined;
  if (!refusal || expose !== true) return undefined;
  const [code, detail] = refusal;
  return errorCodes[code].status === status ? new SessionError(code, { detail, cause: error }) : undefined;
}
