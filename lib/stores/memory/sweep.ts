const intervalMilliseconds = 60_000;

/** Drops garbage once a minute, and only while there is something to drop. */
export class Sweep {
  #timer: NodeJS.Timeout | undefined;
  readonly #run: () => boolean;

  /** `run` sweeps, and says whether it must come back. */
  constructor(run: () => boolean) {
    this.#run = run;
  }

  arm(): void {
    // unref: a store full of sessions does not keep the process alive
    this.#timer ??= setTimeout(() => this.#turn(), intervalMilliseconds).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #turn(): void {
    this.stop();
    if (this.#run()) this.arm();
  }
}
