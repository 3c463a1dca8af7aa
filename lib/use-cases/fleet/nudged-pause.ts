/** A pause that whoever comes can end before its time. It keeps no process alive. */
export class NudgedPause {
  readonly #closing: AbortSignal;
  #end: (() => void) | undefined;

  constructor(closing: AbortSignal) {
    this.#closing = closing;
  }

  /** Resolves after so many milliseconds, when it is ended, or when the manager is closed; at once where it is closed already. */
  of(milliseconds: number): Promise<void> {
    // A signal tells of its abortion once.
    if (this.#closing.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        this.#closing.removeEventListener('abort', end);
        this.#end = undefined;
        resolve();
      };
      const timer = setTimeout(end, milliseconds).unref();
      this.#closing.addEventListener('abort', end);
      this.#end = end;
    });
  }

  end(): void {
    this.#end?.();
  }
}
