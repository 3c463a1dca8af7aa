import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Middleware, Next } from './message';

/** What browsers tell only when they are asked, beside what Chromium sends anyway: browser, system and whether it is for the hand. */
const asked = [
  'Sec-CH-UA-Full-Version-List',
  'Sec-CH-UA-Platform-Version',
  'Sec-CH-UA-Model',
  'Sec-CH-UA-Form-Factors',
];

/**
 * Asks browsers for the hints that sessions are shown with: the system's version, the model, the kind of device (RFC 8942). A browser
 * answers from its next request on, over https alone, so this goes before the page with the login form. Chromium's browsers answer;
 * others ignore it. What was asked for by others on the same response stays.
 */
export function acceptClientHints<
  Req extends IncomingMessage = IncomingMessage,
  Res extends ServerResponse = ServerResponse,
>(): Middleware<Req, Res> {
  return function acceptClientHints(_req: Req, res: Res, next: Next): void {
    const before = [res.getHeader('Accept-CH') ?? []].flat().map(String);
    const known = before.flatMap((line) => line.split(',')).map((name) => name.trim().toLowerCase());
    const missing = asked.filter((name) => !known.includes(name.toLowerCase()));
    if (missing.length > 0) res.setHeader('Accept-CH', [...before, ...missing].join(', '));
    next();
  };
}
