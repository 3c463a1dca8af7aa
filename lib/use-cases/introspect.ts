import { refreshEndsAt } from '../domain/deadlines';
import type { SessionRecord } from '../domain/session-record';
import { judgeAccess } from '../policies/access';
import { judgeRefresh } from '../policies/rotation';
import { readAccessToken } from '../tokens/access-token';
import { digestOf } from '../tokens/digest';
import { readRefreshToken } from '../tokens/refresh-token';
import type { Context } from './context';
import { endWithImpersonator } from './impersonation/end-with-impersonator';
import type { Introspection } from './outcomes';
import { presentSession } from './present';

const inactive = Object.freeze({ active: false } as const);

/** What a token stands for. Unknown, expired, spent and revoked ones all answer alike (RFC 7662 section 2.2). */
export async function introspectToken(context: Context, token: string): Promise<Introspection> {
  const access = readAccessToken(token);
  const refresh = access ? undefined : readRefreshToken(token);
  const id = access?.id ?? refresh?.id;
  if (!id) return inactive;
  const record = await context.store.find(id);
  const at = await context.time.at();
  if (!record) return inactive;
  if (access) {
    const judged = judgeAccess(record, digestOf(access.secret), at);
    if (judged.status !== 'active' || (await endWithImpersonator(context, record))) return inactive;
    // The replaced token's own time of issue is not kept.
    const issuedAt = judged.current ? record.credentials.rotatedAt : null;
    return describe(context, record, { token_type: 'access_token', expiresAt: judged.expiresAt, issuedAt });
  }
  const presented = { ...refresh!, digest: digestOf(refresh!.secret) };
  if (judgeRefresh(record, presented, at, () => false).status !== 'rotate') return inactive;
  // It still renews, for the page that asks for the fresh login; to a resource server it opens nothing.
  if (record.stepUp) return inactive;
  if (await endWithImpersonator(context, record)) return inactive;
  return describe(context, record, {
    token_type: 'refresh_token',
    expiresAt: refreshEndsAt(record),
    issuedAt: record.credentials.rotatedAt,
  });
}

interface TokenFacts {
  readonly token_type: 'access_token' | 'refresh_token';
  readonly expiresAt: number;
  readonly issuedAt: number | null;
}

async function describe(
  { settings }: Context,
  record: SessionRecord,
  { token_type, expiresAt, issuedAt }: TokenFacts,
): Promise<Introspection> {
  const { profile } = record;
  const claims = await settings.claims?.(presentSession(record));
  return {
    ...claims, // ours win: a claim named `active` must not revive anything
    active: true,
    token_type,
    sub: profile.userId,
    client_id: record.applicationId,
    sid: record.id,
    ...(profile.scope.length > 0 && { scope: profile.scope.join(' ') }),
    exp: Math.floor(expiresAt / 1000),
    ...(issuedAt !== null && { iat: Math.floor(issuedAt / 1000) }),
    auth_time: Math.floor(record.authenticatedAt / 1000),
    ...(profile.methods.length > 0 && { amr: profile.methods }),
    ...(profile.impersonator && { act: { sub: profile.impersonator.id } }),
  };
}
