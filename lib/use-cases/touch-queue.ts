import type { SessionId } from '../domain/session-id';
import type { Touch } from '../store/commands';
import { type EndingContext, endSession } from './end-session';
import { systemActor } from './ending';

/** What a use leaves to be written: activity, and perhaps the confirmation of a generation. */
export type Use = Omit<Touch, 'notAfter'>;

// A store that does not answer must not let memory grow; a use that is dropped is recorded at the next one.
const maxPending = 10_000;

/** Writes uses behind the requests' backs, one write a session at a time. */
export class TouchQueue {
  readonly #parts: EndingContext;
  #pending = new Map<SessionId, Use>();
  #underWay = new Map<SessionId, Use>();
  #draining: Promise<void> | undefined;

  constructor(parts: EndingContext) {
    this.#parts = parts;
  }

  add(use: Use): void {
    if (isCovered(use, this.#underWay.get(use.id))) return;
    const known = this.#pending.get(use.id);
    if (!known && this.#pending.size >= maxPending) return;
    this.#pending.set(use.id, known ? merge(known, use) : use);
    this.#draining ??= this.#drain();
  }

  /** Resolves when all that was added before is written, or has failed and was told. */
  async flush(): Promise<void> {
    // What was added before is in the batch under way or in the one after it; later ones are not waited for.
    for (let batch = 0; batch < 2 && this.#draining; batch++) await this.#draining;
  }

  async #drain(): Promise<void> {
    // After the request's own work, and together with the uses of other requests of this turn.
    await new Promise(setImmediate);
    this.#underWay = this.#pending;
    this.#pending = new Map();
    const results = await Promise.allSettled([...this.#underWay.values()].map((use) => this.#write(use)));
    this.#underWay = new Map();
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) {
      const { events } = this.#parts;
      events.emit('background.failed', { operation: 'touch', error: failed.reason, final: true });
    }
    this.#draining = this.#pending.size > 0 ? this.#drain() : undefined;
  }

  async #write(use: Use): Promise<void> {
    const { store, time } = this.#parts;
    const outcome = await store.touch({ ...use, notAfter: await time.notAfter() });
    if (outcome.status !== 'outdated') return;
    // The session slipped out of its index before everything was ended: it is ended now.
    await endSession(this.#parts, { id: use.id, reason: outcome.reason, actor: systemActor });
  }
}

// Requests that read the session at once all find a touch due: the first one's write does for the rest.
function isCovered(use: Use, write: Use | undefined): boolean {
  if (!write) return false;
  return (write.slide || !use.slide) && (use.confirm === null || use.confirm === write.confirm);
}

function merge(a: Use, b: Use): Use {
  return { id: a.id, at: Math.max(a.at, b.at), slide: a.slide || b.slide, confirm: b.confirm ?? a.confirm };
}
