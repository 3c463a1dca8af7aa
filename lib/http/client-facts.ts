import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Client } from '../domain/client';
import { clientAddress } from './client-address';

const maxUserAgent = 512;
const maxHint = 256;

const hintNames = [
  'sec-ch-ua',
  'sec-ch-ua-mobile',
  'sec-ch-ua-platform',
  'sec-ch-ua-platform-version',
  'sec-ch-ua-model',
  'sec-ch-ua-full-version-list',
  'sec-ch-ua-form-factors',
] as const;

/** What the transport tells of the caller: capped here, so that nothing behind ever sees more (A58, B28). */
export function clientFacts(req: IncomingMessage): Client {
  const { headers } = req;
  const client: { -readonly [Fact in keyof Client]: Client[Fact] } = {};
  const ip = clientAddress(req);
  if (ip !== undefined) client.ip = ip;
  const userAgent = headers['user-agent'];
  if (userAgent !== undefined) client.userAgent = cap(userAgent, maxUserAgent);
  if (headers['sec-ch-ua'] !== undefined) client.hints = readHints(headers);
  return client;
}

function readHints(headers: IncomingHttpHeaders): Record<string, string> {
  const hints: Record<string, string> = {};
  for (const name of hintNames) {
    const value = headers[name];
    if (typeof value === 'string') hints[name] = cap(value, maxHint);
  }
  return hints;
}

function cap(text: string, length: number): string {
  return text.length > length ? text.slice(0, length) : text;
}
