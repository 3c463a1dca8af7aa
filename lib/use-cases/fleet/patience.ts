import { setTimeout as delay } from 'node:timers/promises';

// Together as long as a replica takes to follow a master, with the deadlines of the calls.
const pauses = [500, 1_000, 2_000];

/** Tries again what has failed, three times at most: for a part of something that took long and would be lost with it. */
export async function patiently<Done>(work: () => Promise<Done>, closing: AbortSignal): Promise<Done> {
  for (const pause of pauses) {
    try {
      return await work();
    } catch (error) {
      if (closing.aborted) throw error;
      await delay(pause, undefined, { signal: closing });
    }
  }
  return work();
}
