import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RefreshOptions } from '../use-cases/inputs';
import type { RefreshOutcome } from '../use-cases/outcomes';
import type { SessionManager } from '../session-manager';
import { renewingClient } from './judged-client';
import { attachSession } from './request-session';
import { offerCookies } from './response-cookies';
import { tokenCookies } from './session-cookies';

/** Exchanges the refresh cookie, puts the session on the request and its new cookies on the response. @throws SessionError `no_session` */
export async function renewFromCookie<Data extends object>(
  sessions: SessionManager<Data>,
  req: IncomingMessage,
  res: ServerResponse,
  refreshToken: string,
  options: RefreshOptions,
): Promise<RefreshOutcome<Data>> {
  const isWithin = graceFromNow(sessions);
  const outcome = await sessions.refresh(refreshToken, renewingClient(sessions, req, 'cookie'), options);
  if (outcome.status !== 'rotated' && outcome.status !== 'repeated') return outcome;

  const { session, tokens, graceMilliseconds } = outcome;
  attachSession(req, sessions, {
    session,
    transport: 'cookie',
    accessToken: tokens.accessToken,
    accessExpiresAt: tokens.accessExpiresAt,
    use: options.slide === false ? 'looked-up' : 'counted',
  });
  // Sent late, they would take the place of newer ones that another response has set meanwhile, and look like theft later.
  // Without grace the old token is good for nothing: then they must go out whenever that is.
  const isDue = graceMilliseconds === 0 ? null : () => isWithin(graceMilliseconds);
  offerCookies(res, await tokenCookies(sessions, session, tokens), isDue);
  return outcome;
}

/** Measures from before the exchange: early by a round trip, never late. Monotonic unless a test brings its own clock. */
export function graceFromNow({ settings }: SessionManager<object>): (milliseconds: number) => boolean {
  const clock = settings.clock ?? (() => performance.now());
  const start = clock();
  return (milliseconds) => clock() - start <= milliseconds;
}
