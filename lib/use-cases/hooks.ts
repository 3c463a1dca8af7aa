import { SessionError } from '../domain/error';
import type { HookName } from '../events/catalogue';
import type { Context } from './context';
import { warnOfHook } from './hook-warning';

/** Says what is wrong with what a function of the app's gave, such as `text of 3 characters: expected true or false`. */
export type ProblemOf = (answer: unknown) => string | undefined;

/**
 * Asks a function of the app's on which a decision depends. Where it throws, gives what it must not, or does not answer
 * within the store's deadline, nothing is decided in its place: the call fails, and the event tells why.
 *
 * @param problemOf - what is wrong with an answer, without its value; undefined: it is an `Answer`
 *
 * @throws SessionError `hook_failed`
 */
export async function askHook<Answer>(
  { events, store }: Pick<Context, 'events' | 'store'>,
  { hook, userId }: { readonly hook: HookName; readonly userId: string | null },
  ask: () => unknown,
  problemOf: ProblemOf,
): Promise<Answer> {
  try {
    return (await askWithin(store.deadlineMilliseconds, hook, ask, problemOf)) as Answer;
  } catch (error) {
    warnOfHook(hook, error);
    events.emit('hook.failed', { hook, userId, error });
    throw new SessionError('hook_failed', { detail: `${hook} failed.`, cause: error });
  }
}

/** Stands for an answer where there was none: null is one. */
export const unanswered = Symbol('unanswered');

export type Unanswered = typeof unanswered;

/** What can be done without: where asking fails, it is unanswered, and the event tells why. */
export async function askOptionalHook<Answer>(
  { events }: Pick<Context, 'events'>,
  { hook, userId = null, signal, milliseconds, outcome }: OptionalHook,
  ask: () => unknown,
  problemOf: ProblemOf,
): Promise<Answer | Unanswered> {
  try {
    return (await askWithin(milliseconds, hook, ask, problemOf)) as Answer;
  } catch (error) {
    warnOfHook(hook, error, outcome);
    events.emit('hook.failed', { hook, userId, error, ...(signal !== undefined && { signal }) });
    return unanswered;
  }
}

/** A function of the app's on which no decision depends. */
interface OptionalHook {
  readonly hook: HookName;
  /** Whose sessions it was about; null unless given. */
  readonly userId?: string | null;
  /** The code of the signal that it is to tell. */
  readonly signal?: string;
  readonly milliseconds: number;
  /** What comes of its failure, in the words of the warning. */
  readonly outcome: string;
}

async function askWithin(
  milliseconds: number,
  hook: HookName,
  ask: () => unknown,
  problemOf: ProblemOf,
): Promise<unknown> {
  const answer = await withDeadline(ask, milliseconds);
  const problem = problemOf(answer);
  if (problem !== undefined) throw new TypeError(`${hook} gave ${problem}`);
  return answer;
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
