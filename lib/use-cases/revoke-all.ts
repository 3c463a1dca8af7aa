import { SessionError } from '../domain/error';
import { parseSessionId, type SessionId } from '../domain/session-id';
import { refuseUnknown } from '../options/read-options';
import type { Digest } from '../domain/secret';
import { readAccessToken } from '../tokens/access-token';
import { digestOf } from '../tokens/digest';
import type { RevokeAll, Write } from '../store/commands';
import type { RevokeAllOutcome as Stored } from '../store/outcomes';
import { auditEntry, type AuditRules } from './audit';
import { checkUserId, invalidField } from './check';
import type { Context } from './context';
import { announceEnded } from './announce-ended';
import { readEnding } from './ending';
import { refuseImpersonator } from './impersonation/refused-actor';
import type { RevokeAllOptions } from './inputs';
import { type MintedPair, mintPair, writeNewTokens } from './issued-tokens';
import type { RevokeAllOutcome } from './outcomes';
import { presentSession } from './present';
import { retryRevokeAll } from './retry-revoke-all';

type EpochRaised = RevokeAll & { readonly epoch: number };

/** Ends all of a user's sessions but one, raises the epoch and re-keys the one kept, in the store's one step. */
export async function revokeAllSessions(
  context: Context,
  userId: string,
  options: RevokeAllOptions,
): Promise<RevokeAllOutcome> {
  const pair = options.reissue && options.except !== undefined ? mintPair(true) : undefined;
  const draft = draftCommand(context.settings, userId, options, 'revoked_all');
  let command: EpochRaised | undefined;
  // With the time of the first try that learnt it, however often it is tried.
  const timed = async (): Promise<EpochRaised> =>
    (command ??= raiseEpoch(draft(await context.time.stamp()), context));
  let outcome: Stored;
  try {
    outcome = await context.store.revokeAll(rekeying(await timed(), pair));
  } catch (error) {
    if (!options.retry) throw error;
    void retryRevokeAll(context, userId, timed, pair?.keys.family ?? null);
    throw new SessionError('sessions_not_revoked', { cause: error });
  }
  const sent = await timed();
  await context.time.waitUntilPast(sent.epoch);
  announceEnded(context, userId, rekeying(sent, pair), outcome);
  const { count, durable, kept } = outcome;
  const reissued = pair && kept && { session: presentSession(kept, true), tokens: writeNewTokens(kept, pair) };
  return { status: 'ended', count, durable, reissued: reissued ?? null };
}

/** Leaves the epoch alone: a sign-in on its way is on no device that anyone could have trusted. */
export async function revokeUntrustedSessions(
  context: Context,
  userId: string,
  options: RevokeAllOptions,
): Promise<RevokeAllOutcome> {
  const command = {
    ...draftCommand(context.settings, userId, options, 'untrusted')(await context.time.stamp()),
    untrustedOnly: true,
  };
  const outcome = await context.store.revokeAll(command);
  announceEnded(context, userId, command, outcome);
  return { status: 'ended', count: outcome.count, durable: outcome.durable, reissued: null };
}

/** The command, all but its time. @throws SessionError `request_invalid` */
function draftCommand(
  rules: AuditRules,
  userId: string,
  options: RevokeAllOptions,
  fallback: string,
): (write: Write) => RevokeAll {
  refuseUnknown(options, ['except', 'token', 'reason', 'actor', 'reissue', 'retry'], 'revokeAll');
  const user = checkUserId(userId);
  const { reason, actor } = readEnding(options, fallback);
  refuseImpersonator(actor);
  const except = options.except === undefined ? null : checkException(options.except);
  const exceptDigest = options.token === undefined ? null : checkToken(options.token);
  return (write) => ({
    ...write,
    user,
    epoch: null,
    untrustedOnly: false,
    most: null,
    except,
    exceptDigest,
    rekey: null,
    ending: { at: write.at, reason, actor, replacedBy: null },
    audit: auditEntry(rules, write.at, 'sessions_revoked', { actor, sessionId: null, reason, subject: userId }),
  });
}

function rekeying(command: RevokeAll, pair: MintedPair | undefined): RevokeAll {
  return { ...command, rekey: pair?.keys ?? null };
}

/** Past the clock's error, so that no process can take a sign-in before this for one after it. */
function raiseEpoch(command: RevokeAll, { time }: Context): EpochRaised {
  return { ...command, epoch: command.at + time.errorMilliseconds() };
}

function checkToken(token: string): Digest {
  const presented = readAccessToken(token);
  if (!presented) throw invalidField('token', 'an access token', undefined);
  return digestOf(presented.secret);
}

function checkException(id: string): SessionId {
  const except = parseSessionId(id);
  if (!except) throw invalidField('except', 'the id of a session', id);
  return except;
}
