import { SessionError } from '../domain/error';
import type { HookName } from '../events/catalogue';
import type { Context } from './context';

/**
 * Asks a function of the app's on which a decision depends. Where it throws, gives what `check` refuses, or does not answer
 * within the store's deadline, nothing is decided in its place: the call fails, and the event tells why.
 *
 * @throws SessionError `hook_failed`
 */
export async function askHook<Answer>(
  { events, store }: Pick<Context, 'events' | 'store'>,
  { hook, userId }: { readonly hook: HookName; readonly userId: string | null },
  ask: () => unknown,
  check: (answer: unknown) => answer is Answer,
): Promise<Answer> {
  try {
    const answer = await withDeadline(ask, store.deadlineMilliseconds);
    if (!check(answer)) throw new TypeError(`${hook} gave what it must not: ${typeof answer}`);
    return answer;
  } catch (error) {
    events.emit('hook.failed', { hook, userId, error });
    throw new SessionError('hook_failed', { detail: `${hook} failed.`, cause: error });
  }
}

async function withDeadline(ask: () => unknown, milliseconds: number): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([(async () => ask())(), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
