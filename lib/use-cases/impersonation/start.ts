import { type ErrorCode, SessionError, type SessionErrorDetails } from '../../domain/error';
import { kindOfValue } from '../../domain/kind-of-value';
import type { Impersonator } from '../../domain/impersonator';
import type { SessionRecord, Windows } from '../../domain/session-record';
import { limitsOf } from '../../policies/limits';
import { auditEntry } from '../audit';
import { auditClient } from '../audit-client';
import type { Context } from '../context';
import { systemActor } from '../ending';
import { farewell } from '../farewell';
import { askHook } from '../hooks';
import { type MintedPair, mintPair, writeTokens } from '../issued-tokens';
import { findLive } from '../live-session';
import { placeDraft } from '../locate';
import { draftSession, sessionOf } from '../new-session';
import { presentSession } from '../present';
import { notFound } from '../refusal';
import type { StartImpersonationOutcome } from './outcomes';
import { type ImpersonationStart, readStart, type StartImpersonationInput } from './request';

const noLimits = limitsOf(
  { max: null, application: null, applications: {}, deviceTypes: {}, precedence: 'user' },
  null,
);

type Refusal = Exclude<StartImpersonationOutcome, { readonly status: 'started' }>;

/** Begins a session of a user's that an administrator uses, where everybody agrees who is asked. */
export async function startImpersonation(
  context: Context,
  input: StartImpersonationInput<object>,
): Promise<StartImpersonationOutcome> {
  const start = readStart(input);
  const { actor, reason, lifetime } = start;
  const { userId, applicationId, client, data, scope } = input;
  const draft = draftSession(context.settings, context.devices, { userId, applicationId, client, data, scope });
  const refused = (await judgeActor(context, start, userId)) ?? (await judgeUser(context, start, userId));
  if (refused) return refused;
  const placed = await placeDraft(context, draft, client);

  const impersonator: Impersonator = { id: actor.id, sessionId: actor.sessionId, reason };
  const windows: Windows = { access: lifetime, refresh: null, idle: null, grace: draft.windows.grace };
  const { record, pair } = await insert(context, (keys, at) =>
    sessionOf(
      {
        ...placed,
        windows,
        absolute: lifetime,
        // The user has proved nothing here: whatever asks for a recent login finds none.
        authenticatedAt: 0,
        profile: { ...placed.profile, impersonator },
      },
      keys,
      at,
    ),
  );
  const session = presentSession(record, true);
  const by = { type: 'admin', id: actor.id } as const;
  context.events.emit('impersonation.started', { session, actor: by, reason });
  return { status: 'started', session, tokens: writeTokens(record, pair.secrets) };
}

/** What speaks against this administrator. */
async function judgeActor(
  context: Context,
  { actor }: ImpersonationStart,
  userId: string,
): Promise<Refusal | undefined> {
  if (!actor.scopes.includes('impersonate'))
    return forbidden('insufficient_scope', "It takes the scope 'impersonate'.");
  if (actor.isImpersonator) return forbidden('forbidden_while_impersonating');
  if (actor.sessionId === null) return undefined;
  const own = await findLive(context, actor.sessionId, undefined);
  if (!own) return forbidden('login_required', 'The session of the administrator is over.');
  if (own.stepUp) return forbidden('step_up_required');
  if (own.profile.impersonator) return forbidden('forbidden_while_impersonating');
  if (own.profile.userId === userId)
    return forbidden('impersonation_refused', 'It is the user of this very session.');
  return undefined;
}

/** What the app says of the user. @throws SessionError `hook_failed` */
async function judgeUser(
  context: Context,
  { actor, reason }: ImpersonationStart,
  userId: string,
): Promise<Refusal | undefined> {
  const { mayImpersonate } = context.settings.impersonation;
  if (!mayImpersonate) return undefined;
  const request = Object.freeze({ actor: Object.freeze({ id: actor.id }), userId, reason });
  const hook = 'impersonation.mayImpersonate';
  const answer = await askHook<boolean | null>(
    context,
    { hook, userId },
    () => mayImpersonate(request),
    problemOfAnswer,
  );
  if (answer === null) return { ...notFound, error: new SessionError('not_found') };
  return answer ? undefined : forbidden('impersonation_refused');
}

function problemOfAnswer(answer: unknown): string | undefined {
  if (answer === null || typeof answer === 'boolean') return undefined;
  return `${kindOfValue(answer)}: expected true, false, or null where there is no such user`;
}

function forbidden(code: ErrorCode, detail?: string): Refusal {
  const details: SessionErrorDetails = detail === undefined ? {} : { detail };
  return { status: 'forbidden', error: new SessionError(code, details) };
}

/** Past every limit: it counts for none and ends nobody. */
async function insert(
  context: Context,
  draw: (keys: MintedPair['keys'], at: number) => SessionRecord,
): Promise<{ readonly record: SessionRecord; readonly pair: MintedPair }> {
  const pair = mintPair(false);
  const write = await context.time.stamp();
  const record = draw(pair.keys, write.at);
  const { impersonator, ip } = record.profile;
  const nobody = farewell(context.settings, write.at, {
    event: 'session_revoked',
    reason: 'replaced',
    actor: systemActor,
    replacedBy: null,
    ip: null,
  });
  const outcome = await context.store.create({
    ...write,
    record,
    ordered: false,
    audit: auditEntry(context.settings, write.at, 'impersonation_started', {
      actor: { type: 'admin', id: impersonator!.id },
      sessionId: record.id,
      reason: impersonator!.reason,
      ip,
      client: auditClient(record.profile),
    }),
    replaces: [],
    replacesDevice: false,
    replacing: nobody,
    limits: noLimits,
    evict: null,
    evicting: nobody,
    onReached: null,
    consumes: null,
  });
  if (outcome.status === 'created') return { record: outcome.record, pair };
  throw new SessionError('internal_error', { detail: 'The store answered what was not asked.' });
}
