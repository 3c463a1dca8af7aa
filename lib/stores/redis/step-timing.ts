import type { StoreClock } from './clock';
import type { Timing } from './script-runner';

/** Stamps the further steps of a verb that takes several: each has the whole deadline. */
export function stepTiming(clock: Pick<StoreClock, 'now'>, deadlineMilliseconds: number): () => Promise<Timing> {
  return async () => {
    const at = await clock.now();
    return { at, notAfter: at + deadlineMilliseconds };
  };
}
