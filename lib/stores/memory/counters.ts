import type { Clock } from '../../domain/clock';
import type { CounterId } from '../../domain/slotted-id';
import type { Retention } from '../../store/retention';
import type { CounterState } from './counter-state';

interface Kept {
  readonly state: CounterState;
  /** When it is garbage, on the store's own clock. */
  readonly collectAt: number;
}

/**
 * As many counters as fit. Where there are too many, the one idle longest is forgotten; one that is held for good only
 * where there is no other.
 */
export class Counters {
  readonly #max: number;
  readonly #now: Clock;
  readonly #retention: Retention;
  /** Both in the order of writing. */
  readonly #passing = new Map<CounterId, Kept>();
  readonly #heldForGood = new Map<CounterId, Kept>();

  constructor(max: number, now: Clock, retention: Retention) {
    this.#max = max;
    this.#now = now;
    this.#retention = retention;
  }

  get size(): number {
    return this.#passing.size + this.#heldForGood.size;
  }

  find(id: CounterId): CounterState | undefined {
    const kept = this.#passing.get(id) ?? this.#heldForGood.get(id);
    return kept && kept.collectAt > this.#now() ? kept.state : undefined;
  }

  /** `at`: by which it was judged how long it is held. One that stands at 0 and says nothing more is dropped. */
  put(id: CounterId, state: CounterState, at: number): void {
    this.drop(id);
    if (state.count === 0 && !state.known && state.made.length === 0) return;
    const shelf = state.heldUntil === Infinity ? this.#heldForGood : this.#passing;
    const { knownMilliseconds, counterMilliseconds } = this.#retention;
    const kept = state.known ? knownMilliseconds : counterMilliseconds;
    shelf.set(id, { state, collectAt: this.#now() + Math.max(kept, state.heldUntil - at) });
    if (this.size > this.#max) this.#forgetOne();
  }

  drop(id: CounterId): void {
    this.#passing.delete(id);
    this.#heldForGood.delete(id);
  }

  collect(): void {
    const now = this.#now();
    for (const [id, { collectAt }] of this.#passing) if (collectAt <= now) this.#passing.delete(id);
  }

  #forgetOne(): void {
    const shelf = this.#passing.size > 0 ? this.#passing : this.#heldForGood;
    for (const id of shelf.keys()) {
      shelf.delete(id);
      return;
    }
  }
}
