import { setTimeout as delay } from 'node:timers/promises';

// A tenth of a second, doubled each time up to half a minute: about five minutes in all.
const pauses = Array.from({ length: 17 }, (_, index) => Math.min(100 * 2 ** index, 30_000));

interface Repetition {
  /** Gives whether it is done. The last time it throws what is to be told, rather than give false. */
  readonly attempt: (isLast: boolean) => Promise<boolean>;
  /** Hears what an attempt threw, and whether that was the last. */
  readonly onFailure: (error: unknown, final: boolean) => void;
  /** Ends it. */
  readonly closing: AbortSignal;
}

/** Tries again behind a caller's back, after a pause each time, until it is done. Never rejects, and keeps no process alive. */
export async function repeatPatiently({ attempt, onFailure, closing }: Repetition): Promise<void> {
  for (const [index, pause] of pauses.entries()) {
    const isLast = index === pauses.length - 1;
    try {
      await delay(pause, undefined, { ref: false, signal: closing });
      if (await attempt(isLast)) return;
    } catch (error) {
      const final = isLast || closing.aborted;
      onFailure(error, final);
      if (final) return;
    }
  }
}
