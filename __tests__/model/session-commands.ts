import fc from 'fast-check';
import { laptop, phone } from '../fixtures/session-bench';
import { day } from '../fixtures/session-record';
import { chosen, choice, command, deadlinesOf, process } from './life';
import type { ReferenceLife } from './reference-life';
import { ReferenceSession } from './reference-session';

const clients = { laptop, phone };
const user = fc.constantFrom('alice', 'bob');

// More than that ended ones of a user, and the oldest are forgotten: that is the stores' own test.
const mostSessions = 15;

/** Signs in; perhaps with the beginning of long ago; perhaps in place of a session whose token the browser still has. */
export const create = command({
  name: 'create',
  params: fc.record({
    process: fc.constant(0 as const),
    user,
    device: fc.constantFrom<'laptop' | 'phone'>('laptop', 'phone'),
    remember: fc.boolean(),
    begunAgo: fc.option(fc.constantFrom(0, 1, 5_000, 600_000)),
    replaces: fc.option(choice, { freq: 2 }),
  }),
  async run(reference, { processes, nameOf, rulesFor }, params) {
    if (reference.sessions.length >= mostSessions) return;
    const { at, pairs } = reference;
    const replaced = params.replaces === null || pairs.length === 0 ? undefined : chosen(pairs, params.replaces);
    const outcome = await processes[params.process].create({
      userId: nameOf(params.user),
      client: clients[params.device],
      remember: params.remember,
      ...(params.begunAgo !== null && { startedAt: at - params.begunAgo }),
      ...(replaced && { replaces: [replaced.accessToken] }),
    });
    const epoch = reference.epochOf(params.user);
    if (params.begunAgo !== null && at - params.begunAgo <= epoch) {
      expect(outcome.status).toBe('stale-sign-in');
      return;
    }
    if (outcome.status !== 'created') throw new Error(outcome.status);
    if (replaced && isNear(replaced) && replaced.session.isLive(at)) replaced.session.end('replaced');
    const startedAt = Math.max(at - (params.begunAgo ?? 0), epoch + 1);
    const rules = rulesFor(params.remember);
    const session = new ReferenceSession(outcome.session.id, params.user, params.device, rules, startedAt, at);
    reference.add(session);
    reference.issue(session, outcome.tokens);
    expect(outcome.session.deadlines).toEqual(deadlinesOf(session));
  },
});

export const revoke = command({
  name: 'revoke',
  needs: 'a session',
  params: fc.record({ process, session: choice, owner: fc.option(user) }),
  async run(reference, { processes, nameOf }, params) {
    const session = chosen(reference.sessions, params.session);
    const owner = params.owner === null ? {} : { owner: nameOf(params.owner) };
    const outcome = await processes[params.process].revoke(session.id, { reason: 'risk', ...owner });
    const isTheirs = params.owner === null || params.owner === session.user;
    if (isTheirs && session.isLive(reference.at)) session.end('risk');
    if (isTheirs && session.endedFor !== null) {
      expect(outcome).toMatchObject({ status: 'ended', session: { reason: session.endedFor } });
    } else {
      expect(outcome).toEqual({ status: 'not-found' });
    }
  },
});

/** Ends all; perhaps but one, which may be anybody's; perhaps with new tokens for that. */
export const revokeAll = command({
  name: 'revokeAll',
  params: fc.record({ process, user, except: fc.option(choice), reissue: fc.boolean() }),
  async run(reference, { processes, nameOf }, params) {
    const { at, sessions } = reference;
    const except = params.except === null || sessions.length === 0 ? undefined : chosen(sessions, params.except);
    const kept = except?.user === params.user && except.isLive(at) ? except : undefined;
    const outcome = await processes[params.process].revokeAll(nameOf(params.user), {
      reissue: params.reissue,
      ...(except && { except: except.id }),
    });
    expect(outcome.count).toBe(reference.endAll(params.user, kept, 'revoked_all'));
    expect(outcome.reissued === null).toBe(!params.reissue || !kept);
    if (kept && outcome.reissued) {
      kept.rekey(at);
      reference.issue(kept, outcome.reissued.tokens);
      expect(outcome.reissued.session.deadlines).toEqual(deadlinesOf(kept));
    }
  },
});

export const reissue = command({
  name: 'reissue',
  needs: 'a session',
  params: fc.record({ process, session: choice }),
  async run(reference, { processes }, params) {
    const session = chosen(reference.sessions, params.session);
    const outcome = await processes[params.process].reissue(session.id);
    if (!session.isLive(reference.at)) {
      expect(outcome).toEqual({ status: 'not-found' });
      return;
    }
    if (outcome.status !== 'reissued') throw new Error(outcome.status);
    session.rekey(reference.at);
    reference.issue(session, outcome.tokens);
    expect(outcome.session.deadlines).toEqual(deadlinesOf(session));
  },
});

/** Renames: a write that must never revive. */
export const update = command({
  name: 'update',
  needs: 'a session',
  params: fc.record({ process, session: choice, name: fc.constantFrom('Kitchen', 'Office') }),
  async run(reference, { processes }, params) {
    const session = chosen(reference.sessions, params.session);
    const { status } = await processes[params.process].update(session.id, { name: params.name });
    expect(status).toBe(session.isLive(reference.at) ? 'updated' : 'not-found');
  },
});

export const list = command({
  name: 'list',
  params: fc.record({ process, user, limit: fc.integer({ min: 1, max: 5 }) }),
  async run(reference, { processes, nameOf }, params) {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<(typeof processes)[0]['list']>> = await processes[params.process].list(
        nameOf(params.user),
        { limit: params.limit, include: 'ended', ...(cursor !== null && { cursor }) },
      );
      const kept = page.data.filter(({ reason, endedAt }) => {
        return reason !== 'expired' || isKept(reference, Date.parse(endedAt!));
      });
      seen.push(...kept.map(({ id, reason }) => `${id} ${reason ?? 'live'}`));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen.sort()).toEqual(listed(reference, params.user));
  },
});

export const pass = command({
  name: 'pass',
  params: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(1, 999, 5_000, 9_999, 10_000, 30_000, 59_999, 60_000) },
    { weight: 3, arbitrary: fc.constantFrom(119_999, 120_000, 300_000, 600_000, 900_000) },
    { weight: 1, arbitrary: fc.oneof(fc.constantFrom(3_600_000, 86_400_000), fc.nat({ max: 10_000_000 })) },
  ),
  async run(reference, { time }, milliseconds) {
    time.advance(milliseconds);
    reference.at += milliseconds;
  },
});

function listed({ sessions, at }: ReferenceLife, name: string): string[] {
  return sessions
    .filter((session) => session.user === name)
    .filter(({ endedFor, runsOutAt }) => endedFor !== null || isKept({ at }, runsOutAt))
    .map((session) => `${session.id} ${session.endedFor ?? (session.isLive(at) ? 'live' : 'expired')}`)
    .sort();
}

/** What ran out is kept for a day at least; how much longer is the store's own affair. */
function isKept({ at }: { at: number }, runsOutAt: number): boolean {
  return at < runsOutAt + day;
}

function isNear(pair: ReferenceLife['pairs'][number]): boolean {
  return pair.session.isCurrent(pair) || pair.session.isParent(pair);
}
