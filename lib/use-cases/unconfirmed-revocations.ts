import { SessionError } from '../domain/error';
import type { SessionId } from '../domain/session-id';
import type { Emitter } from '../events/emitter';
import type { DisownOutcome } from '../store/disown';
import type { EraseOutcome } from '../store/erasure';
import type { RekeyOutcome, RetireOutcome, RevokeAllOutcome, RevokeOutcome, TrimOutcome } from '../store/outcomes';
import { repeatPatiently } from './repeat-patiently';
import type { Timekeeper } from './timekeeper';

/** A revocation that replicas did not confirm. */
export interface Revocation {
  readonly userId: string;
  /** null where it was about several sessions. */
  readonly sessionId: SessionId | null;
  /**
   * Sends the same command again, with its first time and attempt: where it still stands the store answers as before and waits for
   * replicas anew, and where a failover has lost it, it happens again.
   */
  readonly repeat: (
    notAfter: number,
  ) => Promise<
    RevokeOutcome | RevokeAllOutcome | DisownOutcome | EraseOutcome | RetireOutcome | RekeyOutcome | TrimOutcome
  >;
}

// Replicas may stay away while thousands sign out: memory must not grow with them.
const mostPending = 1_000;

/** Repeats revocations that a failover could lose, behind their callers' backs, until replicas have them. */
export class UnconfirmedRevocations {
  readonly #time: Timekeeper;
  readonly #events: Emitter;
  readonly #closing: AbortSignal;
  #pending = 0;

  constructor(time: Timekeeper, events: Emitter, closing: AbortSignal) {
    this.#time = time;
    this.#events = events;
    this.#closing = closing;
  }

  add(revocation: Revocation): void {
    const { userId, sessionId } = revocation;
    this.#events.emit('revocation.unconfirmed', { userId, sessionId });
    if (this.#pending >= mostPending) {
      const detail = `${mostPending} revocations are being repeated already`;
      this.#fail(new SessionError('store_unavailable', { detail }), true);
    } else {
      this.#pending += 1;
      void this.#repeat(revocation).finally(() => (this.#pending -= 1));
    }
  }

  #repeat({ userId, sessionId, repeat }: Revocation): Promise<void> {
    return repeatPatiently({
      closing: this.#closing,
      onFailure: (error, final) => this.#fail(error, final),
      attempt: async (isLast) => {
        const outcome = await repeat(await this.#time.notAfter());
        // Something later has overtaken it, such as the end of the session whose token it was about.
        if (!('durable' in outcome)) return true;
        if (outcome.durable) this.#events.emit('revocation.confirmed', { userId, sessionId });
        else if (isLast) {
          throw new SessionError('store_unavailable', { detail: 'Replicas did not confirm a revocation.' });
        }
        return outcome.durable;
      },
    });
  }

  #fail(error: unknown, final: boolean): void {
    this.#events.emit('background.failed', { operation: 'confirm-revocation', error, final });
  }
}
