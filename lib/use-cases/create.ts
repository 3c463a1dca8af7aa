import { SessionError } from '../domain/error';
import type { SessionId } from '../domain/session-id';
import type { Replaced, Write } from '../store/commands';
import { readAccessToken } from '../tokens/access-token';
import { digestOf } from '../tokens/digest';
import { readRefreshToken } from '../tokens/refresh-token';
import { auditEntry } from './audit';
import type { Context } from './context';
import { userActor, writeEnding } from './ending';
import type { CreateInput } from './inputs';
import { mintPair, writeTokens } from './issued-tokens';
import { draftSession } from './new-session';
import type { CreateOutcome } from './outcomes';
import { presentEnded, presentSession } from './present';
import { revokeOneToken } from './revoke-token';

/** Signs a user in. The limits of the user, the epoch and the sessions it replaces are settled in the store's one step. */
export async function createSession(context: Context, input: CreateInput<object>): Promise<CreateOutcome> {
  const { store, events } = context;
  const { withRefresh, draft } = draftSession(context.settings, context.devices, input);
  const { secrets, keys } = mintPair(withRefresh);
  const write = await context.time.stamp();
  const record = draft(keys, write.at);
  const outcome = await store.create({
    ...write,
    record,
    ordered: input.startedAt !== undefined,
    replaces: replacements(write, input.replaces ?? []),
    audit: auditEntry(write.at, 'session_created', {
      actor: userActor,
      sessionId: record.id,
      ip: record.profile.ip,
    }),
  });
  if (outcome.status === 'stale-sign-in') {
    events.emit('sign-in.stale', { userId: input.userId });
    return { status: 'stale-sign-in', error: new SessionError('stale_sign_in') };
  }

  const session = presentSession(outcome.record, true);
  const ended = outcome.ended.map((one) => presentEnded(one));
  events.emit('session.created', { session });
  for (const one of ended) {
    events.emit('session.ended', { session: one, reason: 'replaced', actor: userActor });
  }
  await endForeign(context, input.replaces ?? [], new Set(ended.map(({ id }) => id)));
  return { status: 'created', session, tokens: writeTokens(outcome.record, secrets), ended };
}

/** One entry a session: its refresh token is known longer than its access token. */
function replacements(write: Write, tokens: readonly string[]): Replaced[] {
  const found = new Map<SessionId, Replaced>();
  for (const read of [readAccessToken, readRefreshToken]) {
    for (const token of tokens) {
      const parsed = read(token);
      if (!parsed) continue;
      const { id, ending, audit } = writeEnding(write, {
        id: parsed.id,
        reason: 'replaced',
        actor: userActor,
        ip: null,
      });
      found.set(id, { id, digest: digestOf(parsed.secret), ending, audit });
    }
  }
  return [...found.values()];
}

/** A browser that changes users leaves the other user's session behind; the sign-in stands even if that cannot be ended now. */
async function endForeign(context: Context, tokens: readonly string[], ended: ReadonlySet<string>): Promise<void> {
  for (const token of tokens) {
    const id = (readAccessToken(token) ?? readRefreshToken(token))?.id;
    if (id === undefined || ended.has(id)) continue;
    try {
      await revokeOneToken(context, token, { reason: 'replaced' });
    } catch (error) {
      context.events.emit('background.failed', { operation: 'revoke', error, final: true });
    }
  }
}
