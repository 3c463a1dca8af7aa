import type { Actor } from '../../domain/actor';
import { SessionError } from '../../domain/error';
import type { OneTimeId } from '../../domain/slotted-id';
import type { FleetEnding } from '../../store/fleet';
import { readOneTimeToken } from '../../tokens/one-time-token';
import type { Context } from '../context';
import { type Confirmed, endingIdOf, readConfirmation, spendConfirmation } from './confirmation';
import type { EndAllOutcome } from './outcomes';
import { presentEnding } from './present-ending';

type Invalid = Extract<EndAllOutcome, { readonly status: 'invalid' }>;

/** Begins to end everybody's sessions, or finds the ending that this very confirmation began before. */
export async function startEnding(context: Context, confirmation: unknown, actor: Actor): Promise<EndAllOutcome> {
  const { store, time } = context;
  const token = readOneTimeToken(confirmation);
  if (!token) return invalid('invalid');
  const known = await store.findFleetEnding();
  if (known?.id === endingIdOf(token)) return goOn(context, token, known, actor);

  const confirmed = await readConfirmation(context, token, await time.at());
  if (typeof confirmed === 'string') return invalid(confirmed);
  if (!isSame(confirmed.actor, actor)) return invalid('invalid');
  if (known?.finishedAt === null) return underWay(known);

  const write = await time.stamp();
  const ending = newEnding(context, endingIdOf(token), confirmed, write.at);
  const outcome = await store.saveFleetEnding({ ...write, ending });
  if (outcome.status === 'conflict') {
    // Sent twice at once, or the reply was lost and it was sent again.
    return outcome.ending.id === ending.id ? goOn(context, token, outcome.ending, actor) : underWay(outcome.ending);
  }
  context.events.emit('fleet.ending-started', { ending: presentEnding(ending) });
  return goOn(context, token, ending, actor);
}

/** Resolves once nothing that began before can be renewed any more; sessions end one after the other behind the caller's back. */
async function goOn(context: Context, token: OneTimeId, ending: FleetEnding, actor: Actor): Promise<EndAllOutcome> {
  if (!isSame(ending.actor, actor)) return invalid('invalid');
  let present = ending;
  if (ending.finishedAt === null) {
    present = await context.fleetDrain.raiseFloor(ending);
    await context.time.waitUntilPast(ending.floor);
    context.fleetDrain.resume();
  }
  // Last: out of memory this fails, and what ends sessions frees some.
  await spendConfirmation(context, token);
  return { status: 'started', ending: presentEnding(present) };
}

function newEnding(
  { time, fleetDrain }: Context,
  id: string,
  { reason, actor, sessions }: Confirmed,
  at: number,
): FleetEnding {
  return {
    id,
    version: 1,
    // Past the clock's error, so that no process can take a sign-in before this for one after it.
    floor: at + time.errorMilliseconds(),
    reason,
    actor,
    startedAt: at,
    finishedAt: null,
    expected: sessions,
    endedSessions: 0,
    endedUsers: 0,
    durable: true,
    cursor: null,
    pending: { batch: 0, users: [], again: false },
    lease: fleetDrain.leaseFrom(at),
  };
}

function isSame(one: Actor, other: Actor): boolean {
  return one.type === other.type && one.id === other.id;
}

function invalid(reason: Invalid['reason']): Invalid {
  return { status: 'invalid', reason, error: new SessionError('one_time_token_invalid', { reason }) };
}

function underWay(ending: FleetEnding): EndAllOutcome {
  const error = new SessionError('fleet_ending_under_way', { extensions: { ending: ending.id } });
  return { status: 'under-way', ending: presentEnding(ending), error };
}
