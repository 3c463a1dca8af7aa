import { hash } from 'node:crypto';
import type { Actor } from '../../domain/actor';
import type { EndReason } from '../../domain/end-reason';
import type { OneTimeId } from '../../domain/slotted-id';
import type { Context } from '../context';
import { consumeOneTime } from '../one-time-tokens/consume';
import { issueOneTime, type Issued } from '../one-time-tokens/issue';
import { fleetEndingPurpose } from '../one-time-tokens/purpose';

const lifetime = 10 * 60_000;
const idLength = 22;

/** What an administrator saw in the dry run, and confirms. */
export interface Confirmed {
  readonly actor: Actor;
  readonly reason: EndReason;
  readonly sessions: number;
  readonly users: number;
}

export function issueConfirmation(context: Context, confirmed: Confirmed): Promise<Issued> {
  const { actor } = confirmed;
  const terms = { purpose: fleetEndingPurpose, lifetime, uses: 1, user: null };
  return issueOneTime(context, { ...terms, payload: confirmed, actor });
}

/** What this confirms, at this instant; or why it confirms nothing. */
export async function readConfirmation(
  { store }: Context,
  id: OneTimeId,
  at: number,
): Promise<Confirmed | 'spent' | 'expired' | 'invalid'> {
  const known = await store.findOneTime(id);
  if (known?.purpose !== fleetEndingPurpose) return 'invalid';
  if (known.uses < 1) return 'spent';
  return known.expiresAt <= at ? 'expired' : (JSON.parse(known.payload) as Confirmed);
}

/** Only once the ending is kept: a crash in between must not leave a spent confirmation and nothing ended. */
export async function spendConfirmation(context: Context, id: OneTimeId): Promise<void> {
  await consumeOneTime(context, { id, purpose: fleetEndingPurpose, client: undefined, refusal: null });
}

/** The same for the same confirmation, so that it never starts two. The name under which the store knows that token stays out of it. */
export function endingIdOf(id: OneTimeId): string {
  return hash('sha256', `fleet ending ${id}`, 'base64url').slice(0, idLength);
}
