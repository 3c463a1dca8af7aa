import type { IncomingMessage } from 'node:http';
import { SessionError } from '../domain/error';
import { readBodyBytes } from './body-bytes';
import { expressFacts } from './message';

const jsonType = /^application\/(?:[\w.+-]+\+)?json[ \t]*(?:;|$)/i;
const charset = /;[ \t]*charset[ \t]*=[ \t]*"?([^\s";]*)/i;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The JSON of a request's body, or what a body parser before this one made of it; undefined where there is none.
 *
 * @throws SessionError `unsupported_media_type` for anything but JSON, which is all that a form of another site can send
 *   (A45); `payload_too_large` above 64 KiB; `request_invalid`
 */
export async function readJsonBody(req: IncomingMessage): Promise<unknown> {
  const type = req.headers['content-type'];
  if (type !== undefined && !isJson(type)) throw notJson();
  const parsed = parsedBefore(req);
  if (parsed !== undefined) return parsed;
  if (req.readableEnded) return undefined;

  const bytes = await readBodyBytes(req);
  if (bytes.length === 0) return undefined;
  if (type === undefined) throw notJson();
  return parse(bytes);
}

function isJson(type: string): boolean {
  return jsonType.test(type) && /^utf-?8$/i.test(charset.exec(type)?.[1] ?? 'utf-8');
}

/** Express' own parsers leave `{}` where they read nothing. */
function parsedBefore(req: IncomingMessage): unknown {
  const { body } = expressFacts(req);
  if (body === undefined || body === null) return undefined;
  if (Buffer.isBuffer(body)) return parse(body);
  if (typeof body === 'string') return parse(Buffer.from(body));
  const isEmpty = typeof body === 'object' && Object.keys(body).length === 0;
  return isEmpty && !req.readableDidRead ? undefined : body;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(utf8.decode(bytes)) as unknown;
  } catch {
    throw new SessionError('request_invalid', { detail: 'The body is not valid JSON in UTF-8.' });
  }
}

function notJson(): SessionError {
  return new SessionError('unsupported_media_type');
}
