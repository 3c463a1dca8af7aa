import type { Write } from '../store/commands';
import { auditEntry } from './audit';
import { checkMilliseconds, checkWords } from './check';
import type { Context } from './context';
import { userActor } from './ending';
import type { ReissueOptions } from './inputs';
import { mintPair, writeTokens } from './issued-tokens';
import { findLive } from './live-session';
import type { ReissueOutcome } from './outcomes';
import { presentSession } from './present';
import { notFound } from './refusal';
import { untilSettled } from './until-settled';

/** Replaces a session's tokens by force; with what the user proved just now, where that is given. */
export async function reissueTokens(
  context: Context,
  id: string,
  options: ReissueOptions,
): Promise<ReissueOutcome> {
  const methods = options.methods && checkWords(options.methods, 'methods', 10);
  const authenticatedAt = options.authenticatedAt && checkMilliseconds(options.authenticatedAt, 'authenticatedAt');
  return untilSettled(async () => {
    const known = await findLive(context, id, options.owner);
    if (!known) return notFound;
    const { secrets, keys } = mintPair(known.windows.refresh !== null);
    const write: Write = await context.time.stamp();
    const amendment =
      methods || authenticatedAt
        ? {
            version: known.version,
            profile: { ...known.profile, methods: methods ?? known.profile.methods },
            authenticatedAt: Math.min(authenticatedAt ?? known.authenticatedAt, write.at),
          }
        : null;
    const audit = auditEntry(write.at, 'session_reissued', { actor: userActor, sessionId: known.id });
    const outcome = await context.store.rekey({ ...write, id: known.id, keys, amendment, audit });
    if (outcome.status === 'conflict') return undefined;
    if (outcome.status === 'missing') return notFound;
    const session = presentSession(outcome.record, true);
    context.events.emit('session.reissued', { session });
    return { status: 'reissued', session, tokens: writeTokens(outcome.record, secrets) };
  });
}
