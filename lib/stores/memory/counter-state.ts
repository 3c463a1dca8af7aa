import type { Counter, CounterRule } from '../../store/counters';

/** A counter, and what the store must know to go on with it. */
export interface CounterState extends Counter {
  /** `reset` has made it known; then it may stand at 0. */
  readonly known: boolean;
  readonly firstAt: number;
  /** The attempt with which its leader's run began. */
  readonly series: Buffer | null;
  /** By which a resend is recognised: the latest commands that counted on it as a leader or let it go, newest first. */
  readonly made: readonly Made[];
}

interface Made {
  readonly attempt: Buffer;
  /** The index of the budget that applied. */
  readonly budget: number;
}

const remembered = 4;

/** Whatever it counted is forgotten. */
export function atZero(state?: CounterState): CounterState {
  return { count: 0, heldUntil: 0, known: state?.known ?? false, firstAt: 0, series: null, made: [] };
}

/** A window that has passed begins anew, unless the counter is held. */
export function inWindow(state: CounterState, { window }: CounterRule, at: number): CounterState {
  const isOver = window !== null && state.heldUntil <= at && at - state.firstAt >= window;
  return isOver ? atZero(state) : state;
}

export function counted(state: CounterState, { holds }: CounterRule, series: Buffer, at: number): CounterState {
  const count = state.count + 1;
  const hold = holds[Math.min(count, holds.length) - 1] ?? 0;
  const run = state.count === 0 ? { firstAt: at, series } : {};
  return { ...state, ...run, count, heldUntil: hold > 0 ? at + hold : 0 };
}

export function remembering(state: CounterState, made: Made): CounterState {
  return { ...state, made: [made, ...state.made].slice(0, remembered) };
}

/** Forgotten, but for the attempt that did so: by it a resend is told what the first one was. */
export function released(state: CounterState, attempt: Buffer): CounterState {
  return remembering(atZero(state), { attempt, budget: -1 });
}

/** Where among the remembered commands this attempt stands; -1 where it does not. */
export function placeOf(state: CounterState | undefined, attempt: Buffer): number {
  return state?.made.findIndex((made) => made.attempt.equals(attempt)) ?? -1;
}
