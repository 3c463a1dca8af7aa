import type { Client } from '../domain/client';
import { isoTime } from '../domain/iso-time';
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
  { slide = true, confirm = true }: VerifyOptions,
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
      return revoked(judged.reason, judged.record.ending?.replacedBy);
    case 'active': {
      const use = { touch: slide && isTouchDue(judged.record, at), confirm: confirm && judged.current };
      recordUse(context, judged.record, use, at);
      const slid = use.touch && judged.record.windows.refresh === null;
      const record = slid ? slideAccess(judged.record, at) : judged.record;
      const expiresAt = slid ? record.credentials.accessExpiresAt : judged.expiresAt;
      return { status: 'active', session: presentSession(record, true), expiresAt: isoTime(expiresAt), slid };
    }
  }
}

function recordUse(
  { touches }: Context,
  record: SessionRecord,
  use: { readonly touch: boolean; readonly confirm: boolean },
  at: number,
): void {
  const confirm = use.confirm && isConfirmationDue(record) ? record.credentials.generation : null;
  if (use.touch || confirm !== null) touches.add({ id: record.id, at, slide: use.touch, confirm });
}

/** The record as the touch will leave it. */
function slideAccess(record: SessionRecord, at: number): SessionRecord {
  const accessExpiresAt = Math.min(at + record.windows.access, record.absoluteExpiresAt);
  return { ...record, lastSeenAt: at, credentials: { ...record.credentials, accessExpiresAt } };
}
