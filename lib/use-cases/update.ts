import { cleanText } from '../device/client-text';
import type { SessionRecord } from '../domain/session-record';
import { refuseUnknown } from '../options/read-options';
import { auditEntry } from './audit';
import { invalidField } from './check';
import type { Context } from './context';
import { holderOf } from './holder';
import type { OwnerOption, UpdateInput } from './inputs';
import { listSessions } from './list';
import { findLive } from './live-session';
import type { UpdateOutcome } from './outcomes';
import { readOwner } from './owner';
import { presentSession } from './present';
import { notFound } from './refusal';
import { mergeData } from './session-data';
import { untilSettled } from './until-settled';

const maxNameCharacters = 64;
// Sessions looked at together by an update of all: few, so that no other request waits for long.
const atOnce = 25;

/** Changes what a live session shows. Compares versions, so that parallel changes to different keys all survive. */
export async function updateSession(
  context: Context,
  id: string,
  change: UpdateInput,
  options: OwnerOption,
): Promise<UpdateOutcome> {
  checkNames(change);
  const owner = readOwner(options, 'update');
  return untilSettled(async () => {
    const known = await findLive(context, id, owner);
    if (!known) return notFound;
    const write = await context.time.stamp();
    const outcome = await context.store.amend({
      ...write,
      ...amended(known, change),
      id: known.id,
      version: known.version,
      stepUp: known.stepUp,
      audit: auditEntry(context.settings, write.at, 'session_updated', {
        actor: holderOf(known),
        sessionId: known.id,
      }),
    });
    if (outcome.status === 'conflict') return undefined;
    if (outcome.status === 'missing') return notFound;
    const session = presentSession(outcome.record);
    context.events.emit('session.updated', { session });
    return { status: 'updated', session };
  });
}

export async function updateAllSessions(
  context: Context,
  userId: string,
  change: UpdateInput,
): Promise<{ readonly status: 'updated'; readonly count: number }> {
  checkNames(change);
  const updated = new Set<string>();
  let cursor: string | null | undefined;
  do {
    const page = await listSessions(context, userId, { limit: atOnce, ...(cursor && { cursor }) });
    for (const { id } of page.data) {
      const outcome = updated.has(id) ? notFound : await updateSession(context, id, change, { owner: userId });
      if (outcome.status === 'updated') updated.add(id);
    }
    cursor = page.nextCursor;
  } while (cursor);
  return { status: 'updated', count: updated.size };
}

function checkNames(change: UpdateInput | null | undefined): void {
  refuseUnknown(change ?? null, ['name', 'data', 'trusted'], 'change');
}

function amended(
  { profile, data, trusted }: SessionRecord,
  change: UpdateInput,
): Pick<SessionRecord, 'profile' | 'data' | 'trusted'> {
  if (change.trusted !== undefined && typeof change.trusted !== 'boolean') {
    throw invalidField('trusted', 'true or false', change.trusted);
  }
  return {
    profile: change.name === undefined ? profile : { ...profile, deviceName: checkName(change.name) },
    data: change.data === undefined ? data : mergeData(data, change.data),
    // Nobody's device: `revokeUntrusted` ends it.
    trusted: profile.impersonator === null && (change.trusted ?? trusted),
  };
}

function checkName(name: unknown): string | null {
  if (name === null) return null;
  if (typeof name === 'string' && name.length <= maxNameCharacters) {
    const clean = cleanText(name, maxNameCharacters * 4).trim();
    if (clean) return clean;
  }
  throw invalidField('name', `1 to ${maxNameCharacters} characters of text, or null`, name);
}
