import type { SessionEventName } from '../../lib/events/catalogue';
import type { ManagerOptions } from '../../lib/options/manager-options';
import type { SessionManager } from '../../lib/session-manager';
import { functionSink } from '../../lib/sinks/function-sink';
import { forgedRefreshToken, guessedSecret } from '../fixtures/forged-tokens';
import { laptop, phone, renewed, type SessionBench, signedIn } from '../fixtures/session-bench';

interface Deed {
  readonly options?: ManagerOptions;
  readonly happen: (sessions: SessionManager, bench: SessionBench) => Promise<unknown>;
}

const minute = 60_000;
const admin = { type: 'admin', id: 'desk' } as const;
const notFinal = (): never => {
  throw new Error('not now');
};

async function endEverybody(sessions: SessionManager): Promise<void> {
  await signedIn(sessions);
  const { confirmation } = await sessions.fleet.prepareEnding({ actor: admin });
  await sessions.fleet.endAll(confirmation, { actor: admin });
}

async function endUnconfirmed(sessions: SessionManager, bench: SessionBench): Promise<void> {
  const { session } = await signedIn(sessions);
  bench.store.interceptNext('revoke', async (proceed) => ({ ...((await proceed()) as object), durable: false }));
  await sessions.revoke(session.id);
}

async function guessAt(sessions: SessionManager): Promise<void> {
  await sessions.lockout.recordFailure({ account: 'alice', client: laptop });
}

async function redeemTwice(sessions: SessionManager): Promise<void> {
  const purpose = 'invitation';
  const { token } = await sessions.oneTimeTokens.issue({ purpose, lifetime: '5m' });
  await sessions.oneTimeTokens.redeem(token, { purpose });
  await sessions.oneTimeTokens.redeem(token, { purpose });
}

/** Signs in where the user is known, from elsewhere: all that is new about it is a high risk. */
async function signInFromAfar(sessions: SessionManager): Promise<unknown> {
  const { userId } = await signedIn(sessions);
  return sessions.create({ userId, client: phone });
}

const everySignIn = { code: 'own', weight: 100, detect: () => ({ because: 'the test says so' }) };
const judging = (action: 'notify' | 'step-up' | 'revoke'): ManagerOptions => ({
  risk: { signals: [everySignIn], onSignIn: { low: action, medium: action, high: action } },
});

/** What makes each event happen. Whoever adds an event to the catalogue says here how it comes about. */
export const deeds: Readonly<Record<SessionEventName, Deed>> = {
  'session.created': { happen: (sessions) => signedIn(sessions) },
  'session.ended': {
    happen: async (sessions) => sessions.revoke((await signedIn(sessions)).session.id),
  },
  'sessions.ended': { happen: async (sessions) => sessions.revokeAll((await signedIn(sessions)).userId) },
  'revocation.unconfirmed': { happen: endUnconfirmed },
  'revocation.confirmed': { happen: endUnconfirmed },
  'session.updated': {
    happen: async (sessions) => sessions.update((await signedIn(sessions)).session.id, { name: 'Desk' }),
  },
  'session.reissued': { happen: async (sessions) => sessions.reissue((await signedIn(sessions)).session.id) },
  'token.rotated': {
    happen: async (sessions) => renewed(sessions, (await signedIn(sessions)).tokens.refreshToken),
  },
  'token.repeated': {
    happen: async (sessions) => {
      const { tokens } = await signedIn(sessions);
      await renewed(sessions, tokens.refreshToken);
      await sessions.refresh(tokens.refreshToken, { ...laptop, ip: '198.51.100.9' });
    },
  },
  'token.reused': {
    happen: async (sessions) => {
      const { tokens } = await signedIn(sessions);
      await renewed(sessions, (await renewed(sessions, tokens.refreshToken)).refreshToken);
      await sessions.refresh(tokens.refreshToken, laptop);
    },
  },
  'token.revoked': {
    happen: async (sessions) =>
      sessions.revokeToken((await signedIn(sessions)).tokens.refreshToken, { scope: 'token' }),
  },
  'store.rolled-back': {
    happen: async (sessions) => {
      const { tokens } = await signedIn(sessions);
      const ahead = forgedRefreshToken(tokens.refreshToken, { generation: 1, secret: guessedSecret() });
      await sessions.refresh(ahead, laptop);
    },
  },
  'store.clock-went-back': {
    happen: async (sessions, bench) => {
      const { tokens } = await signedIn(sessions);
      bench.time.advance(-60 * minute);
      await renewed(sessions, tokens.refreshToken);
    },
  },
  'impersonation.started': {
    happen: async (sessions) => {
      const { userId } = await signedIn(sessions);
      const actor = { id: 'desk', scopes: ['impersonate'] } as const;
      await sessions.impersonation.start({ actor, userId, reason: 'help' });
    },
  },
  'one-time-token.redeemed': { happen: redeemTwice },
  'one-time-token.refused': { happen: redeemTwice },
  'sign-in.disowned': {
    happen: async (sessions) => {
      const issued = await sessions.disowning.issue((await signedIn(sessions)).session.id);
      if (issued.status !== 'issued') throw new Error(issued.status);
      await sessions.disowning.disown(issued.token);
    },
  },
  'risk.noticed': { options: judging('notify'), happen: signInFromAfar },
  'session.step-up-required': { options: judging('step-up'), happen: signInFromAfar },
  'session.step-up-confirmed': {
    options: judging('step-up'),
    happen: async (sessions) => {
      const outcome = await signInFromAfar(sessions);
      const { session } = outcome as { readonly session: { readonly id: string } };
      await sessions.reissue(session.id, { authenticatedAt: await sessions.now() });
    },
  },
  'sign-in.refused': { options: judging('revoke'), happen: (sessions) => sessions.create({ userId: 'alice' }) },
  'sign-in.stale': {
    happen: async (sessions, bench) => {
      const startedAt = await sessions.now();
      bench.time.advance(minute);
      await sessions.revokeAll('alice');
      await sessions.create({ userId: 'alice', startedAt });
    },
  },
  'login.concurrent': {
    happen: async (sessions) => {
      const { userId } = await signedIn(sessions);
      await signedIn(sessions, { userId, client: phone });
    },
  },
  'limit.reached': {
    options: { limit: { max: 1 } },
    happen: async (sessions) => {
      const { userId } = await signedIn(sessions);
      await sessions.create({ userId, client: phone });
    },
  },
  'limit.changed': { happen: (sessions) => sessions.limits.set('alice', 2) },
  'account.locked': { options: { lockout: { maxFailuresPerPair: 1 } }, happen: guessAt },
  'account.unlocked': {
    happen: async (sessions) => {
      await guessAt(sessions);
      await sessions.lockout.unlock('alice', { actor: admin });
    },
  },
  'fleet.ending-started': { happen: endEverybody },
  'fleet.ending-finished': { happen: endEverybody },
  'admin.called': {
    happen: (sessions) =>
      sessions.access.record({
        ...{ actor: 'desk', operation: 'listUserSessions', status: 200, code: null },
        ...{ userId: null, sessionId: null, ip: null },
      }),
  },
  'hook.failed': {
    options: { risk: { signals: [{ code: 'broken', detect: notFinal }] } },
    happen: (sessions) => signedIn(sessions),
  },
  'audit.sink-failed': {
    options: { audit: { sinks: [functionSink('broken', notFinal)] } },
    happen: (sessions) => signedIn(sessions),
  },
  'audit.entry-dropped': {
    options: { audit: { sinks: [functionSink('slow', () => new Promise(() => undefined))] } },
    happen: async (sessions) => {
      // More than wait in memory, and the batch that is under way.
      for (let count = 0; count < 10_200; count += 1) await sessions.limits.set('alice', 2);
    },
  },
  'audit.dead-letter': {
    options: {
      audit: {
        sinks: [
          functionSink(
            'choosy',
            (entries) => ({ failed: entries.map(({ id }) => ({ id, because: 'never', final: true })) }),
            { durable: true },
          ),
        ],
      },
    },
    happen: async (sessions) => {
      await signedIn(sessions);
      await sessions.audit.flush();
    },
  },
  'user.erased': {
    happen: async (sessions) => sessions.privacy.erase((await signedIn(sessions)).userId),
  },
  'background.failed': {
    happen: async (sessions, bench) => {
      const { tokens } = await signedIn(sessions);
      bench.time.advance(10 * minute);
      bench.store.failNext('touch', 5);
      await sessions.verify(tokens.accessToken);
      await sessions.flush();
    },
  },
};
