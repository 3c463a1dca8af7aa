import { hash } from 'node:crypto';
import type { Client } from '../../../lib/domain/client';
import type { ManagerOptions } from '../../../lib/options/manager-options';
import type { SessionManager } from '../../../lib/session-manager';
import { feedSink } from '../../../lib/sinks/feed-sink';
import { functionSink } from '../../../lib/sinks/function-sink';
import { renewed, signedIn } from '../../fixtures/session-bench';
import { userAgents } from '../../fixtures/user-agents';

/** Addresses that are nowhere else in these tests, of both kinds and in the spellings that apps hand in. */
export const addresses = [
  '81.2.69.177',
  '::ffff:89.160.20.233',
  '2a02:6b8:4d2:7777:1:2:3:4',
  '2A02:06B8:04D2:9999::BEEF',
  '216.160.83.219',
] as const;

/** Everything is judged, looked up and shipped: whatever can keep something does. One sink never takes anything. */
export const everythingOn: ManagerOptions = {
  limit: { max: 6 },
  lockout: { maxFailures: 3, maxFailuresPerPair: 2, freeFailures: 100 },
  risk: {},
  geo: { resolver: { resolve: () => ({ city: 'Nowhere', country: 'ZZ' }) } },
  audit: {
    relay: false,
    sinks: [feedSink({}), functionSink('never', () => Promise.reject(new Error('down')), { durable: true })],
  },
};

/** All that one user can do and that can be done to them, each time from another address. Gives the sessions' ids. */
export async function liveFully(
  sessions: SessionManager,
  userId: string,
  account: string,
  desks: readonly string[] = addresses,
): Promise<string[]> {
  const ids: string[] = [];
  let turn = 0;
  const client = (deviceId?: string): Client => ({
    ip: addresses[turn++ % addresses.length]!,
    userAgent: `${userAgents.firefoxOnLinux} tell-tale/${turn % 3}`,
    deviceId,
  });
  const begin = async (deviceId = `device-${turn}`) => {
    const signed = await signedIn(sessions, { userId, client: client(deviceId), data: { note: `of ${userId}` } });
    ids.push(signed.session.id);
    return signed;
  };

  for (const _ of addresses) await begin();
  const { tokens, session } = await begin();
  const second = await renewed(sessions, tokens.refreshToken, client());
  await sessions.refresh(tokens.refreshToken, client());
  await sessions.verify(second.accessToken, client());
  await sessions.flush();
  await sessions.update(session.id, { name: `Desk of ${userId}` });
  await sessions.revoke(session.id);

  await begin();
  const stopped = await sessions.create({ userId, client: client() });
  if (stopped.status !== 'limit-reached') throw new Error(stopped.status);
  await sessions.resolveLimit(stopped.resolutionToken, ids[0]!);
  await sessions.create({ userId, client: client() });

  for (let count = 0; count < 4; count++) {
    const failing = client('device-1');
    for (let tries = 0; tries < 3; tries++) await sessions.lockout.recordFailure({ account, client: failing });
  }

  const purpose = 'invitation';
  const { token } = await sessions.oneTimeTokens.issue({ purpose, lifetime: '5m', userId, maxUses: 3 });
  await sessions.oneTimeTokens.redeem(token, { purpose, client: client() });
  const codeVerifier = 'v'.repeat(43);
  const codeChallenge = hash('sha256', codeVerifier, 'base64url');
  const { requestToken } = await sessions.exchange.issue({ userId, codeChallenge });
  await sessions.exchange.redeem(requestToken, { codeVerifier: 'w'.repeat(43), client: client() });
  await sessions.exchange.issue({ userId, codeChallenge });
  await sessions.disowning.issue(ids[1]!);

  const actor = { id: 'desk', scopes: ['impersonate'] } as const;
  const acting = await sessions.impersonation.start({ actor, userId, reason: 'ticket', client: client() });
  if (acting.status === 'started') ids.push(acting.session.id);
  const call = { actor: 'desk', operation: 'listUserSessions', status: 200, code: null } as const;
  for (const ip of desks) await sessions.access.record({ ...call, userId, sessionId: ids[2]!, ip });
  await sessions.access.record({ ...call, actor: null, status: 401, userId, sessionId: null, ip: desks[0]! });
  await sessions.access.record({ ...call, userId: null, sessionId: ids[3]!, ip: desks[0]! });
  await sessions.limits.set(userId, 9);
  return ids;
}
