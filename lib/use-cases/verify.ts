import type { Client } from '../domain/client';
import type { SessionRecord } from '../domain/session-record';
import { judgeAccess } from '../policies/access';
import { isConfirmationDue, isTouchDue } from '../policies/touch';
import { readAccessToken } from '../tokens/access-token';
import { digestOf } from '../tokens/digest';
import type { Context } from './context';
import type { VerifyOptions } from './inputs';
import type { VerifyOutcome } from './outcomes';
import { presentSession } from './present';
import { expired, invalid, revoked } from './refusal';

/** The request path: parse, one read, judge. What the use leaves to be written is written behind the caller's back. */
export async function verifyAccess(
  context: Context,
  token: string,
  _client: Client | undefined,
  { slide = true }: VerifyOptions,
): Promise<VerifyOutcome> {
  const presented = readAccessToken(token);
  if (!presented) return invalid();
  const found = await context.store.find(presented.id);
  const now = context.time.at();
  const at = typeof now === 'number' ? now : await now;
  const judged = judgeAccess(found, digestOf(presented.secret), at);
  switch (judged.status) {
    case 'invalid':
      return invalid();
    case 'expired':
      return expired(judged.refreshable);
    case 'revoked':
      return revoked(judged.reason);
    case 'active': {
      const { record, slid } = recordUse(context, judged.record, judged.current, slide, at);
      return { status: 'active', session: presentSession(record, true), slid };
    }
  }
}

function recordUse(
  { touches }: Context,
  record: SessionRecord,
  current: boolean,
  slide: boolean,
  at: number,
): { readonly record: SessionRecord; readonly slid: boolean } {
  const touch = slide && isTouchDue(record, at);
  const confirm = current && isConfirmationDue(record) ? record.credentials.generation : null;
  if (!touch && confirm === null) return { record, slid: false };
  touches.add({ id: record.id, at, slide: touch, confirm });
  const slid = touch && record.windows.refresh === null;
  return { record: slid ? slideAccess(record, at) : record, slid };
}

/** The record as the touch will leave it. */
function slideAccess(record: SessionRecord, at: number): SessionRecord {
  const accessExpiresAt = Math.min(at + record.windows.access, record.absoluteExpiresAt);
  return { ...record, lastSeenAt: at, credentials: { ...record.credentials, accessExpiresAt } };
}
