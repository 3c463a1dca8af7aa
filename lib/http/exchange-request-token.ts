import type { IncomingMessage, ServerResponse } from 'node:http';
import type { SessionManager } from '../session-manager';
import type { ExchangeRequest, ExchangeTransport } from '../use-cases/exchange/inputs';
import type { ExchangeOutcome } from '../use-cases/exchange/outcomes';
import { clientFacts } from './client-facts';
import type { CookieTokens } from './cookie-tokens';
import { ownDeviceId, setDeviceCookie } from './device-cookie';
import { finishSignIn, type SignedIn } from './finish-sign-in';
import { writeInterruption } from './interrupted-sign-in';
import { isSessionError } from './problem';
import { requestLimit } from './request-limit';
import { judgeCookies, tokensIn } from './taken-over';

/** What the client sends. */
interface RequestTokenProof {
  readonly requestToken: string;
  readonly codeVerifier: string;
  readonly applicationId?: string;
}

type Outcome<Data extends object> = SignedIn<Data> | Exclude<ExchangeOutcome<Data>, { readonly status: 'created' }>;

/**
 * Signs in whoever can prove that a request token was issued for them, by the transport that it is bound to. As cookies only for our
 * own pages: another site's must not sign anyone in (A42), and then the token is not spent.
 *
 * @throws SessionError `csrf_refused`, `credentials_conflict`
 */
export async function exchangeRequestToken<Data extends object>(
  sessions: SessionManager<Data>,
  req: IncomingMessage,
  res: ServerResponse,
  { requestToken, ...proof }: RequestTokenProof,
): Promise<Outcome<Data>> {
  let replaced: CookieTokens | undefined;
  let own: string | undefined;

  function prepare(transport: ExchangeTransport): ExchangeRequest {
    if (transport === 'bearer') return { carry: writeInterruption({ transport, deviceId: undefined }) };
    const cookies = judgeCookies(sessions, req, true);
    if (isSessionError(cookies)) throw cookies;
    replaced = cookies;
    own = ownDeviceId(req, sessions.settings.cookies);
    return { replaces: tokensIn(cookies), deviceId: own, carry: writeInterruption({ transport, deviceId: own }) };
  }

  const client = clientFacts(req);
  const limit = requestLimit(req, sessions);
  const outcome = await sessions.exchange.redeem(requestToken, { ...proof, client, limit, prepare });
  if (outcome.status !== 'created' && outcome.status !== 'limit-reached') return outcome;
  const finished =
    outcome.status === 'created' ? await finishSignIn(sessions, req, res, outcome, replaced) : outcome;
  setDeviceCookie(sessions, res, own);
  return finished;
}
