import type { IncomingMessage } from 'node:http';
import type { SessionError } from '../domain/error';
import type { SessionManager } from '../session-manager';

// Registered, so that an app that loads the library both as ESM and as CJS still has one set of attempts a request.
const key = Symbol.for('sessionkeeper.logins');

/** A login that `loginGuard` has let through to its handler. What it gives is why the login is refused all the same, and then so is its answer. */
export interface LoginAttempt {
  /** An instant before the password was read, on the store's clock. */
  readonly startedAt: number;
  /**
   * Before a session is made: the failures of the account are forgotten, and the device is known to it from now on. undefined: that of
   * which the guard was told; null: none.
   */
  succeeded(deviceId?: string | null): Promise<SessionError | undefined>;
  /** Before the risk of a right password is judged: neither failed nor succeeded so far, and `failures` is known. It may succeed later. */
  weighed(): Promise<SessionError | undefined>;
  /** How many failures the account had when it was weighed; 0 before. */
  readonly failures: number;
  /** Neither failed nor succeeded. */
  passed(): Promise<SessionError | undefined>;
  /** Its handler never runs. */
  withdraw(): void;
  /**
   * Before the headers go out, or when the client leaves without. undefined lets the answer go; what rejects, with a SessionError, is
   * to be answered in its place.
   */
  settle(isDelivered: boolean): Promise<void> | undefined;
}

type Attempts = Map<SessionManager<object>, readonly LoginAttempt[]>;

interface Holder {
  [key]?: Attempts | undefined;
}

/** Hangs an attempt on the request, beside those of other guards and other managers. */
export function addLoginAttempt(
  req: IncomingMessage,
  sessions: SessionManager<object>,
  attempt: LoginAttempt,
): void {
  const attempts = ((req as Holder)[key] ??= new Map() as Attempts);
  attempts.set(sessions, [...(attempts.get(sessions) ?? []), attempt]);
}

/** The attempt that this manager's guards have let through; undefined where none stood before the handler. */
export function loginAttempt(
  req: IncomingMessage,
  sessions: SessionManager<object>,
): Pick<LoginAttempt, 'startedAt' | 'succeeded' | 'weighed' | 'failures'> | undefined {
  const own = (req as Holder)[key]?.get(sessions);
  return (
    own && {
      startedAt: Math.min(...own.map(({ startedAt }) => startedAt)),
      get failures() {
        return Math.max(...own.map(({ failures }) => failures));
      },
      weighed: () => firstOf(own.map((attempt) => attempt.weighed())),
      async succeeded(deviceId) {
        // Refused by one it is refused by all: had another forgotten its failures, the right guess would show.
        const refusal = own.length > 1 ? await allPassed(own) : undefined;
        return refusal ?? firstOf(own.map((attempt) => attempt.succeeded(deviceId)));
      },
    }
  );
}

/** Those of all managers. */
export function allLoginAttempts(req: IncomingMessage): readonly LoginAttempt[] {
  return [...((req as Holder)[key]?.values() ?? [])].flat();
}

/** Why any of them is refused. */
export async function allPassed(attempts: readonly LoginAttempt[]): Promise<SessionError | undefined> {
  return firstOf(attempts.map((attempt) => attempt.passed()));
}

async function firstOf(refusals: readonly Promise<SessionError | undefined>[]): Promise<SessionError | undefined> {
  return (await Promise.all(refusals)).find((refusal) => refusal !== undefined);
}
