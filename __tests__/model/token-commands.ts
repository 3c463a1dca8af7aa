import fc from 'fast-check';
import { laptop, phone } from '../fixtures/session-bench';
import { chosen, choice, command, deadlinesOf, isoOf, process, refreshable, worded } from './life';
import type { ReferenceSession } from './reference-session';

const clients = { laptop, phone };

/** Shows any access token that was ever issued. */
export const verify = command({
  name: 'verify',
  needs: 'a pair',
  params: fc.record({ process, pair: choice, slide: fc.boolean() }),
  async run(reference, { processes }, { process: served, pair: index, slide }) {
    const pair = chosen(reference.pairs, index);
    const { session } = pair;
    const verdict = session.judgeAccess(pair, reference.at);
    const outcome = await processes[served].verify(pair.accessToken, laptop, { slide });
    expect(worded(outcome)).toBe(verdict);
    if (outcome.status !== 'active') return;
    const seenBefore = session.seenAt;
    session.use(pair, reference.at, slide);
    expect(outcome.session).toMatchObject({ id: session.id, current: true });
    const slid = session.seenAt !== seenBefore && session.rules.refresh === null;
    expect(outcome.slid).toBe(slid);
    if (slid) expect(outcome.session.deadlines).toEqual(deadlinesOf(session));
  },
});

/** Shows any refresh token that was ever issued, from any device. */
export const refresh = command({
  name: 'refresh',
  needs: 'a refresh token',
  params: fc.record({
    process,
    pair: choice,
    device: fc.constantFrom('laptop', 'laptop', 'phone', null),
    slide: fc.boolean(),
  }),
  async run(reference, { processes }, { process: served, pair: index, device, slide }) {
    const pair = chosen(refreshable(reference.pairs), index);
    const { session } = pair;
    const verdict = session.judgeRefresh(pair, device, reference.at);
    const client = device === null ? undefined : clients[device];
    const outcome = await processes[served].refresh(pair.refreshToken, client, { slide });
    expect(worded(outcome)).toBe(verdict);
    if (verdict === 'reused') session.end('token_reuse');
    if (verdict === 'rotated') session.rotate(reference.at, slide);
    if (verdict === 'repeated') session.repeat(reference.at);
    if (!('tokens' in outcome)) return;

    const { accessToken, refreshToken, accessExpiresAt, refreshExpiresAt } = outcome.tokens;
    const known = reference.pairAt(session, session);
    if (verdict === 'rotated') expect(known).toBeUndefined();
    else expect({ accessToken, refreshToken }).toEqual(tokensOf(known!));
    if (!known) reference.issue(session, outcome.tokens);
    expect(accessExpiresAt).toBe(isoOf(session.accessUntil));
    expect(refreshExpiresAt).toBe(isoOf(session.refreshUntil));
    expect(outcome.session.deadlines).toEqual(deadlinesOf(session));
    expect(outcome.session.lastSeenAt).toBe(isoOf(session.seenAt));
  },
});

export const introspect = command({
  name: 'introspect',
  needs: 'a pair',
  params: fc.record({ process, pair: choice, kind: fc.constantFrom('access', 'refresh') }),
  async run(reference, { processes }, { process: served, pair: index, kind }) {
    const pair = chosen(reference.pairs, index);
    const { session } = pair;
    const token = kind === 'access' ? pair.accessToken : pair.refreshToken;
    if (token === undefined) return;
    const active =
      kind === 'access'
        ? session.judgeAccess(pair, reference.at) === 'active'
        : session.judgeRefresh(pair, 'laptop', reference.at) === 'rotated';
    expect((await processes[served].introspect(token)).active).toBe(active);
  },
});

/** Ends by any token that was ever issued: its session, or itself alone. */
export const revokeToken = command({
  name: 'revokeToken',
  needs: 'a pair',
  params: fc.record({
    process,
    pair: choice,
    kind: fc.constantFrom('access', 'refresh'),
    scope: fc.constantFrom('session', 'token'),
  }),
  async run(reference, { processes }, { process: served, pair: index, kind, scope }) {
    const pair = chosen(reference.pairs, index);
    const { session } = pair;
    const token = kind === 'access' ? pair.accessToken : pair.refreshToken;
    if (token === undefined) return;
    const whole = scope === 'session' || session.rules.refresh === null;
    const isNear = session.isCurrent(pair) || session.isParent(pair);
    const isKnown = isNear || (kind === 'refresh' && whole && pair.family === session.family);
    const outcome = await processes[served].revokeToken(token, { scope });

    if (isFamily(session, pair.family, kind, isNear) && session.endedFor !== null) {
      expect(outcome).toMatchObject({ status: 'ended', session: { reason: session.endedFor } });
    } else if (isKnown && session.isLive(reference.at)) {
      expect(outcome).toMatchObject({ status: 'ended', session: { id: session.id } });
      if (whole) session.end('token_revoked');
      else if (kind === 'access') session.retireAccess(pair, reference.at);
      else session.retireRefresh(pair, reference.at);
    } else {
      expect(outcome).toEqual({ status: 'not-found' });
    }
  },
});

/** An access token learns of its session's end while it is near; a refresh token for as long as its family stands. */
function isFamily(session: ReferenceSession, family: number, kind: string, isNear: boolean): boolean {
  return isNear || (kind === 'refresh' && family === session.family);
}

function tokensOf(pair: { accessToken: string; refreshToken: string | undefined }): object {
  return { accessToken: pair.accessToken, refreshToken: pair.refreshToken };
}
