import type { UserKey } from '../../domain/session-id';
import type { FleetEnding } from '../../store/fleet';
import type { Retention } from '../../store/retention';
import type { Epoch } from './user';

/** The ending that was kept last, and by which command. */
export interface KeptEnding {
  readonly ending: FleetEnding;
  readonly attempt: Buffer;
}

/** What the store knows of all users together. */
export class Fleet {
  /** What everybody's sessions must have begun after; null: never raised. */
  floor: Epoch | null = null;
  kept: KeptEnding | null = null;
  readonly walks = new Walks();
  readonly #signIns = new Map<number, number>();
  readonly #retention: Retention;

  constructor(retention: Retention) {
    this.#retention = retention;
  }

  raiseFloor(floor: Epoch): void {
    if (this.floor === null || floor.at > this.floor.at) this.floor = floor;
  }

  tally(hour: number, count: number, at: number): void {
    this.#signIns.set(hour, this.signIns(hour) + count);
    for (const known of this.#signIns.keys()) {
      if (known <= at - this.#retention.signInsMilliseconds) this.#signIns.delete(known);
    }
  }

  signIns(hour: number): number {
    return this.#signIns.get(hour) ?? 0;
  }
}

// More than a process has under way at a time; one that nobody goes on with is forgotten.
const mostWalks = 16;

interface Walk {
  readonly users: Iterator<UserKey, undefined>;
  /** As the latest cursor says: an earlier one leads nowhere, since a walk cannot go back. */
  step: number;
}

/** Walks through the users, each from where its last step ended. A Map's iterator meets whoever is added behind it, too. */
export class Walks {
  readonly #walks = new Map<string, Walk>();
  #made = 0;

  begin(users: Iterator<UserKey, undefined>): string {
    const [oldest] = this.#walks.keys();
    if (oldest !== undefined && this.#walks.size >= mostWalks) this.#walks.delete(oldest);
    const name = String((this.#made += 1));
    this.#walks.set(name, { users, step: 0 });
    return `${name}.0`;
  }

  /** Undefined where the cursor is not the latest of a walk that is known. */
  from(cursor: string): Iterator<UserKey, undefined> | undefined {
    const [name, step] = this.#parts(cursor);
    const walk = this.#walks.get(name);
    return walk && String(walk.step) === step ? walk.users : undefined;
  }

  /** The cursor of the step behind this one. */
  next(cursor: string): string {
    const [name] = this.#parts(cursor);
    const walk = this.#walks.get(name)!;
    walk.step += 1;
    return `${name}.${walk.step}`;
  }

  end(cursor: string): void {
    this.#walks.delete(this.#parts(cursor)[0]);
  }

  #parts(cursor: string): [name: string, step: string] {
    const [name = '', step = ''] = cursor.split('.');
    return [name, step];
  }
}
