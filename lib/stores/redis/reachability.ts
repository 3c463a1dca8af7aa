import { type IncidentListener, tell } from './incidents';
import { messageOf } from './faults';

/** Tells once that the server cannot be reached, and again only after it could be. */
export class Reachability {
  readonly #address: string;
  readonly #onIncident: IncidentListener;
  #isLost = false;

  constructor(address: string, onIncident: IncidentListener) {
    this.#address = address;
    this.#onIncident = onIncident;
  }

  noteAnswer(): void {
    this.#isLost = false;
  }

  /** An operation was given up because of this. */
  noteLoss(cause: unknown): void {
    if (this.#isLost) return;
    this.#isLost = true;
    tell(this.#onIncident, { kind: 'unreachable', address: this.#address, cause: messageOf(cause) });
  }
}
