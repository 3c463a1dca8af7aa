import type { UserKey } from '../../domain/session-id';
import type { SessionStore } from '../session-store';

/** What the suite needs of a test runner: the globals of Jest, Vitest or Mocha, or the exports of `node:test`. */
export interface ConformanceRunner {
  /** Groups tests. */
  describe(title: string, body: () => void): unknown;
  /** Runs one test. */
  it(title: string, body: () => Promise<void>): unknown;
}

/** A store under test. It holds nothing yet: some tests are about all of its users. */
export interface OpenedStore {
  readonly store: SessionStore;
  /** Another instance on the same data, as a second process would open it. Left out only where data cannot be shared. */
  readonly secondNode?: SessionStore;
  /** Closes what was opened. */
  close(): Promise<void>;
}

/** How the suite gets at the store. */
export interface ConformanceSubject {
  /** Called once for each test. */
  open(): Promise<OpenedStore>;
  /**
   * Makes the store last opened forget which sessions a user has, but not the sessions. Required where that can happen by
   * itself, as eviction of single keys does; it adds the tests of self-healing.
   */
  loseIndex?(user: UserKey): Promise<void>;
}
