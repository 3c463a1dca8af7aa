import { holdsAccess } from '../domain/holds-access';
import type { SessionRecord } from '../domain/session-record';
import type { Write } from '../store/commands';
import { readAccessToken } from '../tokens/access-token';
import { digestOf } from '../tokens/digest';
import { auditEntry } from './audit';
import { checkMilliseconds, checkWords } from './check';
import type { Context } from './context';
import { endSession } from './end-session';
import { systemActor } from './ending';
import { holderOf } from './holder';
import type { ReissueOptions } from './inputs';
import { mintPair, writeNewTokens } from './issued-tokens';
import { findLive } from './live-session';
import type { ReissueOutcome } from './outcomes';
import { readOwner } from './owner';
import { presentSession } from './present';
import { notFound } from './refusal';
import { confirmed } from './risk/confirmed';
import { untilSettled } from './until-settled';

/** Replaces a session's tokens by force; with what the user proved just now, where that is given. */
export async function reissueTokens(
  context: Context,
  id: string,
  options: ReissueOptions,
): Promise<ReissueOutcome> {
  const owner = readOwner(options, 'reissue', ['token', 'authenticatedAt', 'methods', 'client']);
  const { methods, authenticatedAt } = readProof(options);
  return untilSettled(async () => {
    const known = await findLive(context, id, owner);
    if (!known || !admits(known, options.token)) return notFound;
    const pair = mintPair(known.windows.refresh !== null);
    const confirms = known.stepUp && isFresh(context, known, authenticatedAt);
    const fresh = confirms ? await confirmed(context, known, options.client) : { profile: known.profile, told: {} };
    const write: Write = await context.time.stamp();
    const amendment =
      methods !== undefined || authenticatedAt !== undefined
        ? {
            version: known.version,
            profile: { ...fresh.profile, methods: methods ?? known.profile.methods },
            authenticatedAt: Math.min(authenticatedAt ?? known.authenticatedAt, write.at),
            stepUp: known.stepUp && !confirms,
          }
        : null;
    const who = { actor: holderOf(known), sessionId: known.id };
    const audit = auditEntry(context.settings, write.at, confirms ? 'step_up_confirmed' : 'session_reissued', {
      ...who,
      ...fresh.told,
    });
    const { family } = known.credentials;
    const command = { ...write, id: known.id, family, keys: pair.keys, amendment, audit };
    const outcome = await context.store.rekey(command);
    if (outcome.status === 'conflict') return undefined;
    if (outcome.status === 'missing') return notFound;
    if (outcome.status === 'outdated') {
      await endSession(context, { id: known.id, family, reason: outcome.reason, actor: systemActor });
      return notFound;
    }
    const session = presentSession(outcome.record, true);
    context.events.emit('session.reissued', { session });
    if (confirms) context.events.emit('session.step-up-confirmed', { session });
    const { durable } = outcome;
    if (!durable) {
      const repeat = (notAfter: number) => context.store.rekey({ ...command, notAfter });
      context.unconfirmed.add({ userId: session.userId, sessionId: known.id, repeat });
    }
    return { status: 'reissued', session, tokens: writeNewTokens(outcome.record, pair), durable };
  });
}

/** New tokens by themselves prove nothing of whoever is given them, and neither does a login from before this session's. */
function isFresh({ time }: Context, known: SessionRecord, authenticatedAt: number | undefined): boolean {
  // The two were taken on clocks that may each be off by their error.
  return authenticatedAt !== undefined && authenticatedAt + 2 * time.errorMilliseconds() >= known.authenticatedAt;
}

/** Whether a token is still one of the session's, however old: not since it was re-keyed. */
function admits(record: SessionRecord, token: string | undefined): boolean {
  if (token === undefined) return true;
  const presented = readAccessToken(token);
  return presented !== undefined && holdsAccess(record, digestOf(presented.secret));
}

/** What the user proved just now, where the caller tells of it. */
function readProof({ methods, authenticatedAt }: ReissueOptions): {
  readonly methods: readonly string[] | undefined;
  readonly authenticatedAt: number | undefined;
} {
  return {
    methods: methods === undefined ? undefined : checkWords(methods, 'methods', 10),
    authenticatedAt:
      authenticatedAt === undefined ? undefined : checkMilliseconds(authenticatedAt, 'authenticatedAt'),
  };
}
