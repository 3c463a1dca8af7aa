import { setTimeout as pause } from 'node:timers/promises';
import { encodeAudit } from './audit-codec';
import type { Connection } from './connection';
import { type IncidentListener, tell } from './incidents';
import type { Keys } from './keys';
import { decodeLetter, encodeUserId, type StoredLetter } from './outbox/letter-codec';

/** Writes an entry by itself; false: it could not be written. Rejects where Redis does not answer. */
type Write = (letter: StoredLetter) => Promise<boolean>;

// Memory must not grow while Redis has none.
const mostHeld = 1_000;
const firstPause = 100;
const longestPause = 30_000;
const lengthBytes = 4;

/**
 * Entries that a script could not write with the change they tell of, since Redis is out of memory, say. They are kept in this process and
 * written as soon as that is possible; what does not fit, and what is left when the store is closed, is lost, and told.
 */
export class DelayedEntries {
  readonly #write: Write;
  readonly #onIncident: IncidentListener;
  readonly #closing = new AbortController();
  readonly #held: StoredLetter[] = [];
  #isWorking = false;

  constructor(write: Write, onIncident: IncidentListener) {
    this.#write = write;
    this.#onIncident = onIncident;
  }

  /** Of a reply: 1, or the letters of what could not be written, each behind its length; 0 where it never can be. */
  note(audited: Buffer | number | undefined): void {
    if (audited === 1 || audited === undefined) return;
    const letters = typeof audited === 'number' ? [] : readLetters(audited);
    if (letters.length === 0) this.#lose(1);
    for (const letter of letters) this.#hold(letter);
  }

  close(): void {
    this.#closing.abort();
    this.#lose(this.#held.splice(0).length);
  }

  #hold(letter: StoredLetter): void {
    if (this.#held.length >= mostHeld || this.#closing.signal.aborted) return this.#lose(1);
    this.#held.push(letter);
    tell(this.#onIncident, { kind: 'audit-delayed' });
    if (!this.#isWorking) void this.#work();
  }

  /** One after the other, in their order: an entry that waits keeps those behind it waiting for the same thing. */
  async #work(): Promise<void> {
    this.#isWorking = true;
    for (let wait = firstPause; this.#held.length > 0; wait = Math.min(2 * wait, longestPause)) {
      try {
        await pause(wait, undefined, { ref: false, signal: this.#closing.signal });
        while (this.#held.length > 0 && (await this.#write(this.#held[0]!))) {
          this.#held.shift();
          wait = firstPause;
        }
      } catch {
        // The store does not answer, or is closed: then nothing is held any more.
      }
    }
    this.#isWorking = false;
  }

  #lose(count: number): void {
    for (let lost = 0; lost < count; lost += 1) tell(this.#onIncident, { kind: 'audit-lost' });
  }
}

/** By the script of `note`, however late. */
export function noteWriter(
  { clock, scripts }: Pick<Connection, 'clock' | 'scripts'>,
  keys: Keys,
  deadlineMilliseconds: number,
): Write {
  return async ({ user, entry, userId }) => {
    const at = await clock.now();
    const timing = { at, notAfter: at + deadlineMilliseconds };
    const args = [encodeAudit(entry), encodeUserId(userId), entry.at];
    const reply = await scripts.write('note', [keys.audit(user)], timing, args);
    return reply[1] === 1;
  };
}

function readLetters(packed: Buffer): StoredLetter[] {
  const letters: StoredLetter[] = [];
  for (let at = 0; at < packed.length;) {
    const end = at + lengthBytes + packed.readUInt32BE(at);
    const letter = decodeLetter(packed.subarray(at + lengthBytes, end));
    if (letter) letters.push(letter);
    at = end;
  }
  return letters;
}
