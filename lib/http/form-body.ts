import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { SessionError } from '../domain/error';
import { readBodyBytes } from './body-bytes';
import { expressFacts } from './message';

const formType = /^application\/x-www-form-urlencoded[ \t]*(?:;|$)/i;
const charset = /;[ \t]*charset[ \t]*=[ \t]*"?([^\s";]*)/i;

/**
 * What a schema makes of a form-encoded body, as it came or as a body parser before this one left it. Parameters that the schema does
 * not name are passed over, and those without a value count as absent, as OAuth wants it (RFC 6749 section 3.2); one that comes twice is
 * refused. Members are copied one by one, so that none reaches a prototype (A57, B26).
 *
 * @throws SessionError `unsupported_media_type` for anything but a form; `payload_too_large` above 64 KiB; `request_invalid`
 */
export async function readFormBody<Schema extends z.ZodObject>(
  schema: Schema,
  req: IncomingMessage,
): Promise<z.output<Schema>> {
  const type = req.headers['content-type'];
  if (type !== undefined && !isForm(type)) throw notForm();
  const pairs = parsedBefore(req) ?? (await readPairs(req, type));
  const known = new Map<string, string>();
  for (const [name, value] of pairs) {
    if (!Object.hasOwn(schema.shape, name)) continue;
    // Two readers would pick different ones.
    if (typeof value !== 'string' || known.has(name)) throw invalid(name, 'expected once');
    known.set(name, value);
  }
  const result = schema.safeParse(Object.fromEntries([...known].filter(([, value]) => value !== '')));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw invalid(String(issue?.path[0]), issue?.message ?? 'not valid');
}

/** Whether a body of this type is a form in UTF-8. */
export function isForm(type: string): boolean {
  return formType.test(type) && /^utf-?8$/i.test(charset.exec(type)?.[1] ?? 'utf-8');
}

type Pairs = Iterable<readonly [name: string, value: unknown]>;

/** undefined where no parser has been at it. Express' own leave `{}` where they read nothing. */
function parsedBefore(req: IncomingMessage): Pairs | undefined {
  const { body } = expressFacts(req);
  if (typeof body === 'string' || Buffer.isBuffer(body)) return new URLSearchParams(String(body));
  if (typeof body !== 'object' || body === null || !req.readableDidRead) return undefined;
  return Object.entries(body);
}

async function readPairs(req: IncomingMessage, type: string | undefined): Promise<Pairs> {
  if (req.readableEnded) return [];
  const bytes = await readBodyBytes(req);
  if (bytes.length > 0 && type === undefined) throw notForm();
  return new URLSearchParams(bytes.toString());
}

function invalid(field: string, what: string): SessionError {
  return new SessionError('request_invalid', { field, detail: `${field}: ${what}.` });
}

function notForm(): SessionError {
  return new SessionError('unsupported_media_type', {
    detail: 'The body must be application/x-www-form-urlencoded in UTF-8.',
  });
}
