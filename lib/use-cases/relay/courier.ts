import type { Letter, Outbox } from '../../store/outbox';
import type { Emitter } from '../../events/emitter';
import { mintAttempt } from '../../tokens/mint';
import { presentEntry } from '../present-entry';
import type { Timekeeper } from '../timekeeper';
import type { Outlet } from './outlet';
import { deliverRound, settlementOf } from './round';

interface CourierParts {
  readonly outbox: Outbox;
  readonly time: Timekeeper;
  readonly events: Emitter;
  readonly outlets: ReadonlyMap<string, Outlet>;
  /** Nothing new is begun. */
  readonly closing: AbortSignal;
  /** What is under way ends too. */
  readonly cut: AbortSignal;
  /** In milliseconds; shorter in tests. */
  readonly lease?: number;
}

/** So long after a process has died another takes over what it was at. */
export const leaseMilliseconds = 30_000;

const renewalsALease = 3;
const lettersARound = 100;
// Then other tags have their turn.
const roundsATurn = 10;

/** Serves one tag at a time: takes its lease, delivers what is due, and gives it back. */
export class Courier {
  readonly #parts: CourierParts;
  readonly #lease: number;
  /** Of this process' own: another one cannot settle what this one claimed. */
  readonly #worker = mintAttempt().toString('base64url');

  constructor(parts: CourierParts) {
    this.#parts = parts;
    this.#lease = parts.lease ?? leaseMilliseconds;
  }

  /** Whether there may be more. Rejects where the store does not answer: what was claimed comes again when the lease is out. */
  async serve(tag: string): Promise<boolean> {
    for (let round = 1; ; round += 1) {
      if (this.#parts.closing.aborted) return true;
      const letters = await this.#claim(tag, lettersARound);
      // Another process is at it, or one that died a moment ago was: the sweep comes by again.
      if (letters === 'leased') return false;
      const isLast = round === roundsATurn || letters.length < lettersARound;
      const remaining = await this.#round(tag, letters, isLast);
      // Where there is something due and nothing was given, this version cannot read it: not again at once.
      if (isLast || remaining === 'lost') return remaining !== 'lost' && remaining > 0 && letters.length > 0;
    }
  }

  /** Takes the lease or renews it. */
  async #claim(tag: string, limit: number): Promise<readonly Letter[] | 'leased'> {
    const { outbox, time, events } = this.#parts;
    const at = await time.at();
    const claimed = await outbox.claim({ tag, worker: this.#worker, at, until: at + this.#lease, limit });
    if (claimed.status === 'leased') return 'leased';
    if (claimed.dropped > 0) events.emit('audit.entry-dropped', { sink: null, count: claimed.dropped });
    return claimed.letters;
  }

  /** How much is due by then, or that the lease was lost. */
  async #round(tag: string, letters: readonly Letter[], isLast: boolean): Promise<number | 'lost'> {
    const { outlets, cut, closing, time } = this.#parts;
    const lease = this.#keepLease(tag);
    try {
      const undelivered = await deliverRound(letters, outlets, AbortSignal.any([cut, lease.lost]));
      const at = await time.at();
      return await this.#settle(tag, { ...settlementOf(letters, undelivered, at), at }, isLast || closing.aborted);
    } finally {
      lease.stop();
    }
  }

  async #settle(
    tag: string,
    settlement: ReturnType<typeof settlementOf> & { readonly at: number },
    release: boolean,
  ): Promise<number | 'lost'> {
    const { outbox, events } = this.#parts;
    const outcome = await outbox.settle({ tag, worker: this.#worker, ...settlement, release });
    if (outcome.status === 'lost') return 'lost';
    for (const { letter, sink, because } of settlement.dead) {
      const entry = presentEntry(letter.entry, letter.userId);
      events.emit('audit.dead-letter', { sink, entry, because });
    }
    return outcome.remaining;
  }

  /** Renews the lease while a sink takes its time. `lost`: it is another's now, and delivers the same. */
  #keepLease(tag: string): { readonly lost: AbortSignal; readonly stop: () => void } {
    const lost = new AbortController();
    const renew = async (): Promise<void> => {
      if ((await this.#claim(tag, 0)) === 'leased') lost.abort();
    };
    // A failure shows when it is settled.
    const timer = setInterval(() => void renew().catch(() => undefined), this.#lease / renewalsALease).unref();
    return { lost: lost.signal, stop: () => clearInterval(timer) };
  }
}
