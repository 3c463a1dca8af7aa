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
  const replaced = sessionsOf(input.replaces ?? []);
  const outcome = await store.create({
    ...write,
    record,
    ordered: input.startedAt !== undefined,
    replaces: [...replaced].map(([id, token]) => replacement(write, id, token)),
    audit: auditEntry(write.at, 'session_created', {
      actor: userActor,
      sessionId: record.id,
      ip: record.profile.ip,
    }),
  });
  // Ended before its reply came: a sign-in that was overtaken, whether its command was sent once or twice.
  if (outcome.status === 'stale-sign-in' || outcome.record.ending) {
    events.emit('sign-in.stale', { userId: input.userId });
    return { status: 'stale-sign-in', error: new SessionError('stale_sign_in') };
  }

  const session = presentSession(outcome.record, true);
  const ended = outcome.ended.map((one) => presentEnded(one));
  events.emit('session.created', { session });
  for (const one of ended) {
    events.emit('session.ended', { session: one, reason: 'replaced', actor: userActor });
  }
  const isEnded = new Set<string>(ended.map(({ id }) => id));
  const left = [...replaced].filter(([id]) => !isEnded.has(id));
  await Promise.all(left.map(([, token]) => endForeign(context, token)));
  return { status: 'created', session, tokens: writeTokens(outcome.record, secrets), ended };
}

/** The sessions to replace, each with one token: its refresh token is known longer than its access token. */
function sessionsOf(tokens: readonly string[]): ReadonlyMap<SessionId, string> {
  const found = new Map<SessionId, string>();
  for (const read of [readAccessToken, readRefreshToken]) {
    for (const token of tokens) {
      const parsed = read(token);
      if (parsed) found.set(parsed.id, token);
    }
  }
  return found;
}

function replacement(write: Write, id: SessionId, token: string): Replaced {
  const { secret } = (readRefreshToken(token) ?? readAccessToken(token))!;
  const { ending, audit } = writeEnding(write, { id, reason: 'replaced', actor: userActor, ip: null });
  return { id, digest: digestOf(secret), ending, audit };
}

/** A browser that changes users leaves the other user's session behind; the sign-in stands even if that cannot be ended now. */
async function endForeign(context: Context, token: string): Promise<void> {
  try {
    await revokeOneToken(context, token, { reason: 'replaced' });
  } catch (error) {
    context.events.emit('background.failed', { operation: 'revoke', error, final: true });
  }
}
