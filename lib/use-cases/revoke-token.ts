import { SessionError } from '../domain/error';
import { effectiveExpiresAt } from '../domain/deadlines';
import { holdsAccess } from '../domain/holds-access';
import { sameBytes } from '../domain/same-bytes';
import type { Digest } from '../domain/secret';
import type { SessionId } from '../domain/session-id';
import type { SessionRecord } from '../domain/session-record';
import { refuseUnknown } from '../options/read-options';
import { readAccessToken } from '../tokens/access-token';
import { digestOf } from '../tokens/digest';
import { readRefreshToken } from '../tokens/refresh-token';
import { auditEntry } from './audit';
import type { Context } from './context';
import { endSession } from './end-session';
import { readEnding } from './ending';
import { holderOf } from './holder';
import { refuseImpersonator } from './impersonation/refused-actor';
import type { RevokeTokenOptions } from './inputs';
import type { RevokeOutcome } from './outcomes';
import { presentEnded, presentSession } from './present';
import { notFound } from './refusal';

interface Presented {
  readonly kind: 'access' | 'refresh';
  readonly id: SessionId;
  readonly digest: Digest;
  readonly family: Buffer | null;
}

/** Ends a token's session, or only that token. Whoever holds a token of the session, however old, may end it. */
export async function revokeOneToken(
  context: Context,
  token: string,
  options: RevokeTokenOptions,
): Promise<RevokeOutcome> {
  refuseUnknown(options, ['scope', 'reason', 'actor'], 'revokeToken');
  const { scope = 'session' }: { readonly scope?: unknown } = options;
  if (scope !== 'session' && scope !== 'token') {
    throw new SessionError('request_invalid', { field: 'scope', detail: "scope: expected 'session' or 'token'" });
  }
  const given = readEnding(options, 'token_revoked');
  const presented = readToken(token);
  const record = presented && (await context.store.find(presented.id));
  if (!presented || !record || !belongsTo(presented, record)) return notFound;
  if (!record.ending && (await context.time.at()) >= effectiveExpiresAt(record)) return notFound;
  refuseImpersonator(given.actor, record.profile.impersonator);
  // Unless someone else is named, whoever holds the token does it: that is not always the user.
  const ending = options.actor === undefined ? { ...given, actor: holderOf(record) } : given;

  // Without refresh tokens the access token is all there is of the session. One that has ended ends again, so that the answer tells
  // whether replicas know of it by now.
  const isAlone = scope === 'token' && record.windows.refresh !== null && !record.ending;
  if (isAlone) return retire(context, presented, ending);
  const outcome = await endSession(context, { id: record.id, family: record.credentials.family, ...ending });
  if (outcome.status === 'missing') return notFound;
  return { status: 'ended', session: presentEnded(outcome.record), durable: outcome.durable };
}

function readToken(token: unknown): Presented | undefined {
  const access = readAccessToken(token);
  if (access) return { kind: 'access', id: access.id, digest: digestOf(access.secret), family: null };
  const refresh = readRefreshToken(token);
  return refresh && { kind: 'refresh', id: refresh.id, digest: digestOf(refresh.secret), family: refresh.family };
}

function belongsTo({ digest, family }: Presented, record: SessionRecord): boolean {
  return family ? sameBytes(family, record.credentials.family) : holdsAccess(record, digest);
}

async function retire(
  context: Context,
  { kind, id, digest }: Presented,
  { actor, reason }: ReturnType<typeof readEnding>,
): Promise<RevokeOutcome> {
  const write = await context.time.stamp();
  const audit = auditEntry(context.settings, write.at, 'token_revoked', { actor, sessionId: id, reason });
  const command = { ...write, id, kind, digest, audit };
  const outcome = await context.store.retire(command);
  if (outcome.status === 'missing') return notFound;
  const session = presentSession(outcome.record);
  context.events.emit('token.revoked', { session, kind });
  const { durable } = outcome;
  if (!durable) {
    const repeat = (notAfter: number) => context.store.retire({ ...command, notAfter });
    context.unconfirmed.add({ userId: session.userId, sessionId: id, repeat });
  }
  return { status: 'ended', session, durable };
}
