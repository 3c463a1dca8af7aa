import type { IncomingMessage } from 'node:http';
import { SessionError } from '../domain/error';
import type { SessionManager } from '../session-manager';

/** What a one-time token that admitted a request was issued with. */
export interface RedeemedToken {
  readonly purpose: string;
  /** undefined: it is nobody's. */
  readonly userId: string | undefined;
  readonly data: Readonly<Record<string, unknown>>;
}

interface Admitted {
  readonly manager: SessionManager<object>;
  readonly token: RedeemedToken;
}

// Registered, so that an app that loads the library both as ESM and as CJS still finds what the other copy has redeemed.
const key = Symbol.for('sessionkeeper.redeemed-tokens');
const registry = globalThis as unknown as Record<symbol, WeakMap<IncomingMessage, readonly Admitted[]> | undefined>;
const known = (registry[key] ??= new WeakMap<IncomingMessage, readonly Admitted[]>());

/** Remembers what has admitted a request; the last comes first. */
export function attachRedeemed(req: IncomingMessage, manager: SessionManager<object>, token: RedeemedToken): void {
  known.set(req, [{ manager, token }, ...(known.get(req) ?? [])]);
}

/** Whether a token of this purpose has admitted the request already: one middleware that is mounted twice spends it once. */
export function hasRedeemed(req: IncomingMessage, manager: SessionManager<object>, purpose: string): boolean {
  return known.get(req)?.some((one) => one.manager === manager && one.token.purpose === purpose) === true;
}

/**
 * The one-time token that admitted a request behind `requireOneTimeToken`: whose it is, and what it was issued with. No round trip.
 *
 * @param sessions - whose token it must be, in an app with several managers; whichever was redeemed last unless given
 * @throws SessionError `one_time_token_invalid` (`missing`) where none did: `requireOneTimeToken` did not run
 */
export function redeemedToken(req: IncomingMessage, sessions?: SessionManager<object>): RedeemedToken {
  const found = known.get(req)?.find(({ manager }) => sessions === undefined || manager === sessions);
  if (!found) throw new SessionError('one_time_token_invalid', { reason: 'missing' });
  return found.token;
}
