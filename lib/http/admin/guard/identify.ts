import type { IncomingMessage } from 'node:http';
import type { SessionManager } from '../../../session-manager';
import { askApp } from './ask-app';
import { notAdmitted } from './challenge';
import { type Identified, refused } from './identified';
import { knownSecret } from './known-secret';
import type { GuardSettings } from './options';
import { readShownSecret } from './shown-secret';

/**
 * Finds out who calls: by the API secret that the request shows, else by asking the app. `block`: from where.
 *
 * @throws SessionError `credentials_conflict`, `hook_failed`, `store_unavailable`
 */
export async function identify(
  sessions: SessionManager<object>,
  settings: GuardSettings,
  req: IncomingMessage,
  block: string | undefined,
): Promise<Identified> {
  const shown = readShownSecret(req);
  const isBare = req.headers.authorization === undefined;
  const stranger = { kind: 'address', block } as const;
  if (!shown) {
    if (settings.authorize) return askApp(sessions, settings, req, block);
    const detail = isBare ? 'No credential was sent.' : 'The credential is not one of this API.';
    return refused(notAdmitted(settings, { isBare, detail }), stranger);
  }
  const secret = knownSecret(settings.secrets, shown);
  if (!secret) return refused(notAdmitted(settings, { isBare, detail: 'The API secret is not known.' }), stranger);
  if ((await sessions.access.at()) < secret.expiresAt) {
    return { status: 'known', actor: Object.freeze({ id: secret.id, scopes: secret.scopes }) };
  }
  // Only whoever holds the secret learns of it, and has to be told what to do.
  const detail = 'The API secret has expired: make another one.';
  return refused(notAdmitted(settings, { isBare, detail, reason: 'expired' }), stranger, secret.id);
}
