import type { HeardEvent } from '../fixtures/session-bench';
import { listenTo, SessionBench } from '../fixtures/session-bench';
import type { StoreKind } from '../fixtures/stores';
import { functionSink } from '../../lib/sinks/function-sink';
import { logSink } from '../../lib/sinks/log-sink';
import type { HistoryEntry } from '../../lib/domain/history-entry';
import type { SessionView } from '../../lib/domain/session-view';

/** All that came out of a life in which every text was the same hostile one. */
export interface Traces {
  readonly heard: readonly HeardEvent[];
  readonly errors: readonly Error[];
  readonly views: readonly SessionView[];
  /** What methods answered. */
  readonly answers: readonly unknown[];
  readonly delivered: readonly HistoryEntry[];
  /** What a log held in the end, as it was written. */
  readonly log: string;
}

/** Puts a text wherever text goes in, and does what can be done with what was let in. */
export async function liveWith(text: string, kind: StoreKind): Promise<Traces> {
  const bench = new SessionBench(kind);
  const delivered: HistoryEntry[] = [];
  const lines: string[] = [];
  const write = (fields: object, message: string): void => {
    lines.push(`${JSON.stringify({ ...fields, message })}\n`);
  };
  const sessions = bench.open({
    audit: {
      sinks: [
        functionSink('noting', (entries) => void delivered.push(...entries)),
        logSink({ info: write, warn: write, error: write }),
      ],
    },
    risk: {
      signals: [{ code: 'own', weight: 30, detect: () => ({ because: text || 'nothing' }) }],
      onSignIn: { low: 'notify' },
    },
    geo: { resolver: { resolve: () => ({ city: text, region: text, country: text }) } },
  });
  const heard = listenTo(sessions);
  const errors: Error[] = [];
  const answers: unknown[] = [];
  const attempt = async <Answer>(call: () => Answer | Promise<Answer>): Promise<Answer | undefined> => {
    try {
      const answer = await call();
      answers.push(answer);
      return answer;
    } catch (error) {
      errors.push(error as Error);
      return undefined;
    }
  };
  const client = {
    userAgent: `Mozilla/5.0 (${text}) Chrome/130.0 ${text}`,
    ip: '203.0.113.9',
    deviceId: text,
    hints: { 'sec-ch-ua-platform': `"${text}"`, 'sec-ch-ua-model': `"${text}"`, [text]: text },
    location: { city: text, region: text, country: text },
  };
  const actor = { type: 'admin', id: text } as const;
  const views: SessionView[] = [];

  for (const userId of [text, bench.newUser()]) {
    const words = { userId, client };
    for (const more of [{}, { applicationId: text }, { deviceId: text }, { data: { [text]: text } }]) {
      const made = await attempt(() => sessions.create({ ...words, ...more }));
      if (made?.status !== 'created') continue;
      const { session, tokens } = made;
      views.push(session);
      const renamed = await attempt(() => sessions.update(session.id, { name: text.slice(0, 64) }));
      if (renamed?.status === 'updated') views.push(renamed.session);
      await attempt(() => sessions.refresh(tokens.refreshToken!, { ...client, ip: '198.51.100.3' }));
      await attempt(() => sessions.introspect(tokens.accessToken));
      await attempt(() => sessions.revoke(session.id, { actor }));
      await attempt(() => sessions.revoke(session.id, { reason: text }));
    }
    await attempt(() =>
      sessions.impersonation.start({ actor: { id: text, scopes: ['impersonate'] }, userId, reason: text }),
    );
    await attempt(() => sessions.limits.set(userId, 5, { actor }));
    await attempt(() => sessions.list(userId, { include: 'ended', applicationId: text }));
    await attempt(() => sessions.list(userId, { include: 'ended', [text]: text }));
    await attempt(() => sessions.list(userId, { cursor: text }));
    await attempt(() => sessions.list(userId, { include: 'ended' }));
    await attempt(() => sessions.revokeAll(userId, { actor, except: text }));
    await attempt(() => sessions.history(userId));
  }
  await attempt(() => sessions.oneTimeTokens.issue({ purpose: text, lifetime: '5m' }));
  await attempt(() => sessions.oneTimeTokens.redeem(text, { purpose: 'invitation' }));
  await attempt(() => sessions.lockout.recordFailure({ account: text, client }));
  await attempt(() => sessions.lockout.unlock(text, { actor }));
  await attempt(() => sessions.lockout.history(text));
  await attempt(() => sessions.verify(text));
  await attempt(() => sessions.refresh(text));
  await attempt(() => sessions.on(text as never, () => undefined));
  await attempt(() =>
    sessions.access.record({
      ...{ actor: text, operation: 'listUserSessions', status: 200, code: null },
      ...{ userId: text, sessionId: null, ip: null },
    }),
  );
  await attempt(() => sessions.access.history());
  await sessions.close();
  return { heard, errors, views, answers, delivered, log: lines.join('') };
}
