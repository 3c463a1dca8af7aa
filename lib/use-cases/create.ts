import { SessionError } from '../domain/error';
import { inTurns } from '../domain/in-turns';
import { readLimits } from '../options/limits';
import { limitsOf } from '../policies/limits';
import { type Admission, type Admitted, admitSession } from './admission';
import { checkFailures, checkText } from './check';
import type { Context } from './context';
import type { CreateInput } from './inputs';
import { askOwnLimit, askPreference } from './limit-hooks';
import { prepareResolution, presentReached, resolutionExpiry } from './limit-resolution';
import { placeDraft } from './locate';
import { draftSession } from './new-session';
import type { CreateOutcome } from './outcomes';
import { presentSession } from './present';
import { endForeign, readReplaced, replacements } from './replaced-sessions';
import { isProven, judgedDraft, judgeSignIn, refuseSignIn, tellOfSignIn } from './risk/sign-in';
import { isStale, refuseStale } from './stale-sign-in';
import { announce, welcome } from './welcome';

const maxCarryBytes = 256;

/** Signs a user in. The epoch, the sessions it replaces and the limits of the user are settled in the store's one step. */
export async function createSession(context: Context, input: CreateInput<object>): Promise<CreateOutcome> {
  const drafted = draftSession(context.settings, context.devices, input);
  const placed = await placeDraft(context, drafted, input.client);
  const { userId } = placed.profile;
  const limit = input.limit === undefined ? context.settings.limit : readLimits(input.limit);
  const carry = input.carry === undefined ? null : checkText(input.carry, 'carry', maxCarryBytes);
  const replaced = readReplaced(input.replaces ?? []);
  const failures = input.failures === undefined ? 0 : checkFailures(input.failures);
  if (await isStale(context, placed)) return refuseStale(context, userId);

  const { client } = input;
  const { risk } = context.settings;
  // Where nothing is judged nobody waits for the time here: to learn it and to write share one deadline.
  const since = risk ? await context.time.at() : 0;
  const judgement = risk && (await judgeSignIn(context, risk, placed, { client, failures }));
  await input.onJudged?.({ proven: isProven(judgement) });
  if (judgement?.action === 'revoke') return refuseSignIn(context, placed, { ...judgement, since });
  const draft = judgement ? judgedDraft(placed, judgement) : placed;
  const limits = limitsOf(limit, await askOwnLimit(context, limit, userId));
  const { replaceSameDevice: replacesDevice, evict } = limit;
  const { token, onReached } = prepareResolution(context.settings, { draft, limits, replacesDevice, carry });
  const { outcome, pair, at } = await admitBy(context, evict, {
    draft,
    client,
    limits,
    replaces: replacements(replaced),
    replacesDevice,
    onReached,
    consumes: null,
  });
  switch (outcome.status) {
    case 'stale-sign-in':
      return refuseStale(context, userId);
    case 'limit-reached':
      return presentReached(context, outcome, userId, {
        token,
        expiresAt: resolutionExpiry(at),
        isProven: !draft.stepUp,
      });
    case 'created': {
      // Ended before its reply came: a sign-in that was overtaken, whether its command was sent once or twice.
      if (outcome.record.ending) {
        announce(context, outcome.ended);
        return refuseStale(context, userId);
      }
      const created = welcome(context, outcome, pair);
      if (judgement) tellOfSignIn(context, created.session, judgement);
      await endForeign(context, replaced, created.ended);
      return created;
    }
    case 'spent':
    case 'unknown-target':
      throw new SessionError('internal_error', { detail: 'The store answered what was not asked.' });
  }
}

/** Where a function decides which sessions end, it is asked only when one has to; a second step settles it. */
async function admitBy(
  context: Context,
  evict: typeof context.settings.limit.evict,
  admission: Omit<Admission, 'evict'>,
): Promise<Admitted> {
  if (evict === null) return admitSession(context, { ...admission, evict });
  if (typeof evict === 'string') return admitSession(context, { ...admission, evict: { first: [], order: evict } });

  const tried = await admitSession(context, { ...admission, evict: null, onReached: null });
  if (tried.outcome.status !== 'limit-reached') return tried;
  const { limit, records } = tried.outcome;
  const { userId } = admission.draft.profile;
  const views = await inTurns(records, (record) => presentSession(record));
  const first = await askPreference(context, evict, views, { ...limit, userId });
  return admitSession(context, { ...admission, evict: { first, order: 'oldest' } });
}
