import type { IncomingMessage } from 'node:http';
import type { LimitSettings } from '../options/limits';
import type { SessionManager } from '../session-manager';

// Registered, so that an app that loads the library both as ESM and as CJS still has one limit a request.
const key = Symbol.for('sessionkeeper.limits');

interface Holder {
  [key]?: Map<SessionManager<object>, LimitSettings> | undefined;
}

/** Sets the limit for a sign-in in this request. */
export function setRequestLimit(req: IncomingMessage, manager: SessionManager<object>, limit: LimitSettings): void {
  const holder = req as Holder;
  (holder[key] ??= new Map()).set(manager, limit);
}

/** The limit that was set for a sign-in in this request, if any. */
export function requestLimit(req: IncomingMessage, manager: SessionManager<object>): LimitSettings | undefined {
  return (req as Holder)[key]?.get(manager);
}
