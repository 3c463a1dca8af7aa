import { inspect } from 'node:util';
import type { SessionManager } from '../../lib/session-manager';
import type { Tokens } from '../../lib/domain/session-view';
import { userAgents } from '../fixtures/user-agents';
import { holdsAny, tracesOf } from '../fixtures/secret-traces';
import { renewed, SessionBench, signedIn } from '../fixtures/session-bench';
import { storeKinds } from '../fixtures/stores';
import { TelemetrySdk } from '../fixtures/telemetry-sdk';

/** Words that nothing but a leak can bring into telemetry. */
const told = {
  userId: 'alice@example.com',
  account: 'bob-the-account@example.com',
  ip: '203.0.113.77',
  otherIp: '2001:db8:77::1',
  deviceId: 'device-of-alice',
  device: 'Alice’s own laptop',
  application: 'application-of-alice',
  reason: 'because_of_alice',
  words: 'Alice called the desk',
  administrator: 'root@example.com',
  purpose: 'invitation-of-alice',
  claim: 'plan-of-alice',
  detail: 'what the driver said of alice',
};

/** What everyone does with a session in a life, faults included. */
async function liveThrough(
  sessions: SessionManager,
  bench: SessionBench,
): Promise<{ pairs: Tokens[]; ids: string[] }> {
  const { userId, ip, deviceId, application: applicationId, account } = told;
  const client = { ip, deviceId, userAgent: userAgents.firefoxOnLinux };
  const first = await signedIn(sessions, { userId, client, applicationId, data: { note: told.words } });
  const actor = { type: 'admin', id: told.administrator } as const;
  const second = await renewed(sessions, first.tokens.refreshToken, client);
  const third = await renewed(sessions, second.refreshToken, client);
  await sessions.verify(third.accessToken, client);
  await sessions.introspect(third.accessToken);
  await sessions.update(first.session.id, { name: told.device, trusted: true });
  await sessions.list(userId, { applicationId });
  await sessions.history(userId);
  await sessions.refresh(first.tokens.refreshToken, { ...client, ip: told.otherIp });
  const other = await signedIn(sessions, { userId, client: { ...client, ip: told.otherIp } });
  await sessions.revoke(other.session.id, { reason: told.reason, actor });
  const last = await signedIn(sessions, { userId, client });
  await sessions.limits.set(userId, 2, { actor });
  for (let guess = 0; guess < 4; guess += 1) await sessions.lockout.recordFailure({ account, client });
  await sessions.lockout.state(account, client);
  await sessions.lockout.unlock(account, { actor });
  const code = await sessions.oneTimeTokens.issue({ purpose: told.purpose, userId, lifetime: '5m' });
  await sessions.oneTimeTokens.redeem(code.token, { purpose: told.purpose });
  await sessions.impersonation.start({
    actor: { id: told.administrator, scopes: ['impersonate'] },
    userId,
    reason: told.words,
  });
  for (const verb of ['find', 'list', 'revoke'] as const) {
    bench.store.interceptNext(verb, () =>
      Promise.reject(new Error(`${told.detail} ${userId} ${last.tokens.accessToken}`)),
    );
  }
  const attempts = [
    () => sessions.verify(last.tokens.accessToken),
    () => sessions.list(userId),
    () => sessions.revoke(last.session.id),
    () => sessions.list(userId, { cursor: last.tokens.accessToken }),
    () => sessions.revoke(userId),
    () => sessions.create({ userId, deviceId: last.tokens.accessToken.repeat(4) }),
  ];
  for (const attempt of attempts) await attempt().catch(() => undefined);
  await sessions.revokeAll(userId, { reason: told.reason });
  await sessions.flush();
  return {
    pairs: [first.tokens, second, third, other.tokens, last.tokens],
    ids: [first.session.id, other.session.id, last.session.id, code.token],
  };
}

test.each(storeKinds)('A65 no span and no metric says who, whose, where or with what: $name', async (kind) => {
  const bench = new SessionBench(kind);
  const sdk = new TelemetrySdk();
  const sessions = bench.open({
    telemetry: { tracer: sdk.tracer, meter: sdk.meter },
    nearCache: {},
    claims: () => ({ status: told.claim, [told.claim]: 'x' }),
    lockout: { maxFailuresPerPair: 2 },
    impersonation: { mayImpersonate: () => true },
  });
  const { pairs, ids } = await liveThrough(sessions, bench);
  await sessions.close();
  const spans = sdk.spans().map((span) => ({
    ...{ name: span.name, attributes: span.attributes, events: span.events, status: span.status },
    ...{ links: span.links, resource: span.resource.attributes, scope: span.instrumentationScope },
  }));
  const exported = inspect([spans, await sdk.metrics()], {
    depth: 20,
    maxStringLength: null,
    maxArrayLength: null,
  });
  expect(spans.length).toBeGreaterThan(30);
  expect(exported).toContain('sessionkeeper.token.reuses');
  for (const word of [...Object.values(told), ...ids, 'alice', 'firefox', 'example.com']) {
    expect({ word, isTold: exported.toLowerCase().includes(word.toLowerCase()) }).toEqual({ word, isTold: false });
  }
  expect(exported).not.toMatch(/s[aro]t_/);
  expect(holdsAny(Buffer.from(exported), pairs.flatMap(tracesOf))).toBe(false);
  await sdk.close();
});
