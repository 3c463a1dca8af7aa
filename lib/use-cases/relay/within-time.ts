/**
 * Gives what an app's function gives, or rejects when its time is over or the manager is closed, whether it heeds the signal or not. The
 * timer keeps no process alive, and its clock is not set back.
 */
export async function withinTime<Given>(
  milliseconds: number,
  closing: AbortSignal,
  work: (signal: AbortSignal) => Promise<Given>,
): Promise<Given> {
  closing.throwIfAborted();
  const over = new AbortController();
  const timer = setTimeout(() => over.abort(new TimedOut(milliseconds)), milliseconds).unref();
  const close = (): void => over.abort(closing.reason);
  closing.addEventListener('abort', close);
  try {
    return await Promise.race([rejected(over.signal), (async () => work(over.signal))()]);
  } finally {
    clearTimeout(timer);
    closing.removeEventListener('abort', close);
  }
}

/** It took longer than it may. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';

  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds} ms`);
  }
}

function rejected(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}
