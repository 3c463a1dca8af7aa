import type { IncomingMessage, ServerResponse } from 'node:http';
import { SessionError } from '../domain/error';
import { optionError, readFunction, refuseUnknown } from '../options/read-options';
import type { SessionManager } from '../session-manager';
import { isPurpose, purposeRule } from '../use-cases/one-time-tokens/purpose';
import { clientFacts } from './client-facts';
import { checkManager } from './manager-argument';
import { expressFacts, type Middleware, type Next } from './message';
import { attachRedeemed, hasRedeemed } from './redeemed-token';
import { type DeniedOptions, readRefusal } from './refusal';

/** Which one-time token {@link requireOneTimeToken} wants, and how it refuses. */
export interface RequireOneTimeTokenOptions<
  Req extends IncomingMessage = IncomingMessage,
  Res extends ServerResponse = ServerResponse,
> extends DeniedOptions<Req, Res> {
  /** What the token must have been issued for. */
  readonly purpose: string;
  /**
   * Where the token is: the header `X-One-Time-Token` unless given. A field of the body, behind a body parser, is as good; one in
   * the URL is refused, for it stands in histories, logs and `Referer` headers (ASVS 14.2.1).
   */
  readonly token?: (req: Req) => string | undefined;
}

const where = 'requireOneTimeToken';
const header = 'x-one-time-token';

/**
 * Admits requests that bring a one-time token: to a registration by invitation, to the second step of a login. The token is redeemed
 * at admission, before the handler runs: one whose form may come again, with a better password or after a fault, is issued with
 * `maxUses`. `redeemedToken(req)` tells the handler whose it is and what it was issued with. 1 round trip.
 *
 * Refuses with 403 `one_time_token_invalid`, whose `reason` is `missing`, `spent`, `expired` or `invalid`; a store that does not
 * answer is 503.
 *
 * @throws SessionError `options_invalid`, naming the option, when it is called
 */
export function requireOneTimeToken<
  Data extends object,
  Req extends IncomingMessage = IncomingMessage,
  Res extends ServerResponse = ServerResponse,
>(sessions: SessionManager<Data>, options: RequireOneTimeTokenOptions<Req, Res>): Middleware<Req, Res> {
  checkManager(sessions, where);
  const given = refuseUnknown(options, ['purpose', 'token', 'onDenied'], where);
  const purpose = readPurpose(given.purpose);
  const find = readFunction<(req: Req) => unknown>(given.token, `${where}.token`) ?? inHeader;
  const settle = readRefusal<Req, Res>(given, where);

  return function requireOneTimeToken(req: Req, res: Res, next: Next): void {
    settle(judge(req), req, res, next);
  };

  async function judge(req: Req): Promise<SessionError | undefined> {
    if (hasRedeemed(req, sessions, purpose)) return undefined;
    const token = await find(req);
    if (token === undefined || token === null || token === '') return refusal('No one-time token was sent.');
    if (isInUrl(req, token)) return refusal('A one-time token is not accepted in a URL.');
    const outcome = await sessions.oneTimeTokens.redeem(token as string, { purpose, client: clientFacts(req) });
    if (outcome.status !== 'redeemed') return outcome.error;
    attachRedeemed(req, sessions, { purpose, userId: outcome.userId, data: outcome.data });
    return undefined;
  }
}

function readPurpose(purpose: unknown): string {
  if (isPurpose(purpose)) return purpose;
  throw optionError(`${where}.purpose`, purposeRule, purpose);
}

function inHeader(req: IncomingMessage): unknown {
  return req.headers[header];
}

function isInUrl(req: IncomingMessage, token: unknown): boolean {
  const { originalUrl } = expressFacts(req);
  const url = typeof originalUrl === 'string' ? originalUrl : (req.url ?? '');
  return typeof token === 'string' && url.includes(token);
}

function refusal(detail: string): SessionError {
  return new SessionError('one_time_token_invalid', { reason: 'missing', detail });
}
