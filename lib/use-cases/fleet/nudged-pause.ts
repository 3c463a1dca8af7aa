/** A pause that whoever comes can end before its time. It keeps no process alive. */
export class NudgedPause {
  readonly #closing: AbortSignal;
  #end: (() => void) | undefined;

  constructor(closing: AbortSignal) {
    this.#closing = closing;
  }

  /** Resolves after so many milliseconds, when it is ended, or when the manager is closed. */
  of(milliseconds: number): Promise<void> {
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
