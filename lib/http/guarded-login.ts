import type { SessionError } from '../domain/error';
import type { Lockout } from '../use-cases/lockout/lockout';
import type { AttemptInput, LockoutVerdict } from '../use-cases/lockout/outcomes';
import { warnOfFault } from './fault-warning';
import type { LoginAttempt } from './login-attempt';
import { warnOnce } from './warn-once';

type Judgement =
  | 'failed'
  | 'passed'
  | 'succeeded'
  /** The answer says that the password was not judged, or there is nobody to judge it. */
  | 'not-judged';

interface Beginning {
  readonly lockout: Lockout;
  readonly input: AttemptInput;
  readonly startedAt: number;
  /** Asked when the headers go out, unless it is known by then. */
  readonly hasFailed: () => boolean;
}

/** A login that was let through to its handler: what becomes of it is counted before its answer goes out, and may replace that. */
export class GuardedLogin implements LoginAttempt {
  readonly startedAt: number;
  // Private in earnest: whoever logs a request logs its properties.
  readonly #lockout: Lockout;
  readonly #input: AttemptInput;
  readonly #hasFailed: () => boolean;
  #judgement: Judgement | undefined;
  /** Why it is refused after all. Stays: what was refused once never signs in. */
  #refusal: Promise<SessionError | undefined> = Promise.resolve(undefined);
  #mayAnswer = true;
  #failures = 0;

  constructor({ lockout, input, startedAt, hasFailed }: Beginning) {
    this.#lockout = lockout;
    this.#input = input;
    this.#hasFailed = hasFailed;
    this.startedAt = startedAt;
  }

  /** Also after the client has left, or the headers: that attempt has been paid for, unless its answer was that it was not judged. */
  succeeded(deviceId?: string | null): Promise<SessionError | undefined> {
    const before = this.#judgement;
    this.#judgement = 'succeeded';
    if (before === 'succeeded') return this.#refusal;
    // An answer that costs nothing must not show, by failures that are forgotten, which guess was right.
    if (before === 'not-judged') return this.#judge(() => this.#lockout.check(this.#input));
    return this.#judge(() => this.#lockout.recordSuccess(this.#input, { deviceId }));
  }

  /** Asked each time, until it has succeeded: what is judged in between takes as long as the app's own signals do. */
  weighed(): Promise<SessionError | undefined> {
    if (this.#judgement === 'succeeded') return this.#refusal;
    this.#judgement ??= 'passed';
    return this.#judge(async () => {
      const [verdict, failures] = await Promise.all([
        this.#lockout.check(this.#input),
        this.#lockout.failuresOf(this.#input),
      ]);
      this.#failures = failures;
      return verdict;
    });
  }

  get failures(): number {
    return this.#failures;
  }

  passed(): Promise<SessionError | undefined> {
    if (this.#judgement !== undefined) return this.#refusal;
    this.#judgement = 'passed';
    return this.#judge(() => this.#lockout.check(this.#input));
  }

  withdraw(): void {
    this.#judgement ??= 'not-judged';
  }

  settle(isDelivered: boolean): Promise<void> | undefined {
    if (this.#judgement === undefined) {
      const isFailed = !isDelivered || askSafely(this.#hasFailed);
      this.#judgement = isFailed ? 'failed' : 'not-judged';
      // An error that only the right password reaches must not show which of the refused guesses it was.
      void this.#judge(() =>
        isFailed
          ? this.#lockout.recordFailure(this.#input, { clientLeft: !isDelivered })
          : this.#lockout.check(this.#input),
      );
    }
    if (isDelivered && this.#judgement !== 'not-judged') warnWithoutAccount(this.#input);
    if (this.#mayAnswer) return undefined;
    return this.#refusal.then((refusal) => {
      if (refusal) throw refusal;
    });
  }

  /** After what came before, and only if that was not refused. */
  #judge(ask: () => Promise<LockoutVerdict>): Promise<SessionError | undefined> {
    const refusal = this.#refusal.then(async (earlier) => {
      if (earlier) return earlier;
      const verdict = await ask();
      return verdict.status === 'refused' ? verdict.error : undefined;
    });
    this.#refusal = refusal;
    this.#mayAnswer = false;
    refusal.then(
      (error) => {
        if (refusal === this.#refusal) this.#mayAnswer = error === undefined;
      },
      () => undefined,
    );
    return refusal;
  }
}

/** Nothing but the limit of an address counts then, for whoever guesses at one account from many. */
function warnWithoutAccount({ account }: AttemptInput): void {
  if (account) return;
  warnOnce(
    'SESSIONKEEPER_ACCOUNT',
    'loginGuard found no account in a login that was answered, and counted it for its address alone. If that is so for all of them, ' +
      'guesses at one account are not limited. Mount the body parser before loginGuard, and let `account` read the field that your form sends.',
  );
}

/** A function that cannot tell must not let guesses go uncounted. */
function askSafely(hasFailed: () => boolean): boolean {
  try {
    return hasFailed();
  } catch (error) {
    warnOfFault('loginGuard.failed', error);
    return true;
  }
}
