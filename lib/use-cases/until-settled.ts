import { SessionError } from '../domain/error';

// Among n parallel writers of one session each turn settles at least one: more would be an attack, not contention.
const maxTurns = 50;

/** Repeats a compare-and-write whose turn gives undefined while another writer came first. */
export async function untilSettled<Outcome>(turn: () => Promise<Outcome | undefined>): Promise<Outcome> {
  for (let count = 0; count < maxTurns; count++) {
    const outcome = await turn();
    if (outcome !== undefined) return outcome;
  }
  throw new SessionError('store_unavailable', {
    detail: 'The session is being changed by too many writers at once.',
  });
}
