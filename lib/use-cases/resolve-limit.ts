import { SessionError } from '../domain/error';
import { parseSessionId } from '../domain/session-id';
import { refuseUnknown } from '../options/read-options';
import { readOneTimeToken } from '../tokens/one-time-token';
import { admitSession } from './admission';
import type { Context } from './context';
import type { ResolveLimitOptions } from './inputs';
import { findStopped, presentReached } from './limit-resolution';
import type { ResolveLimitOutcome } from './outcomes';
import { invalid, notFound } from './refusal';
import { endForeign, readReplaced, replacements } from './replaced-sessions';
import { judgeResumed } from './risk/resumed';
import { refuseSignIn, tellOfSignIn } from './risk/sign-in';
import { isStale, refuseStale } from './stale-sign-in';
import { announce, welcome } from './welcome';

/** Goes on with a sign-in that a limit stopped: ends the session that the person chose, and signs in, in the store's one step. */
export async function resolveLimit(
  context: Context,
  token: string,
  endSessionId: string,
  options: ResolveLimitOptions,
): Promise<ResolveLimitOutcome> {
  refuseUnknown(options, ['resume', 'client'], 'resolveLimit');
  const oneTime = readOneTimeToken(token);
  const since = await context.time.at();
  const found = oneTime && (await findStopped(context, oneTime, since));
  if (!found) return invalid();
  const { draft: stopped, limits, replacesDevice, carry } = found.stopped;
  const { userId } = stopped.profile;
  const replaced = readReplaced(options.resume?.(carry ?? undefined) ?? []);
  const target = parseSessionId(endSessionId);
  if (!target) return unknownTarget();
  if (await isStale(context, stopped)) return refuseStale(context, userId);

  const { client } = options;
  const { risk } = context.settings;
  const resumed = risk
    ? await judgeResumed(context, risk, stopped, client)
    : { draft: stopped, judgement: undefined };
  const { draft, judgement } = resumed;
  if (judgement?.action === 'revoke') return refuseSignIn(context, draft, { ...judgement, since });

  const { outcome, pair } = await admitSession(context, {
    draft,
    client,
    limits,
    replaces: replacements(replaced),
    replacesDevice,
    evict: null,
    onReached: null,
    consumes: { oneTime, ends: target },
  });
  switch (outcome.status) {
    case 'spent':
      return invalid();
    case 'unknown-target':
      return unknownTarget();
    case 'stale-sign-in':
      return refuseStale(context, userId);
    case 'limit-reached':
      announce(context, outcome.ended);
      return presentReached(context, outcome, userId, {
        token,
        expiresAt: found.expiresAt,
        isProven: !draft.stepUp,
      });
    case 'created': {
      if (outcome.record.ending) {
        announce(context, outcome.ended);
        return refuseStale(context, userId);
      }
      const created = welcome(context, outcome, pair);
      if (judgement) tellOfSignIn(context, created.session, judgement);
      await endForeign(context, replaced, created.ended);
      return { ...created, carry: carry ?? undefined };
    }
  }
}

function unknownTarget(): Extract<ResolveLimitOutcome, { readonly status: 'not-found' }> {
  const detail = 'endSessionId: expected the id of one of the sessions that came with the resolution token';
  return { ...notFound, error: new SessionError('not_found', { detail, field: 'endSessionId' }) };
}
