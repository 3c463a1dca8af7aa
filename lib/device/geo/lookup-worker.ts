import { Worker } from 'node:worker_threads';

// As text, and not as a file of its own: so it is found from ESM, from CommonJS, and from within an app's bundle.
const source = `
const { parentPort, workerData } = require('node:worker_threads');
const { lookup } = require(workerData);
parentPort.on('message', ({ id, ip }) => {
  try {
    parentPort.postMessage({ id, found: lookup(ip) });
  } catch (error) {
    parentPort.postMessage({ id, problem: String(error) });
  }
});
`;

interface Reply {
  readonly id: number;
  readonly found?: unknown;
  readonly problem?: string;
}

interface Waiting {
  readonly resolve: (found: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * A module's `lookup` in a thread of its own: reading its data takes a second, in which nothing else of this thread would be
 * answered. Keeps no process alive.
 */
export class LookupWorker {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #gone: Error | undefined;

  /** @param path - of the module, resolved */
  constructor(path: string) {
    this.#worker = new Worker(source, { eval: true, workerData: path, execArgv: [] });
    this.#worker.on('message', (reply: Reply) => this.#settle(reply));
    this.#worker.on('error', (cause) => this.#end(new Error('The thread that looks places up failed.', { cause })));
    this.#worker.on('exit', () => this.#end(new Error('The thread that looks places up has ended.')));
    // Only now: a listener for messages would keep the process alive again.
    this.#worker.unref();
  }

  /** Whether it has failed or was closed: a new one is needed. */
  get isGone(): boolean {
    return this.#gone !== undefined;
  }

  lookup(ip: string): Promise<unknown> {
    if (this.#gone) return Promise.reject(this.#gone);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, ip });
    });
  }

  async close(): Promise<void> {
    this.#end(new Error('The lookup of places was closed.'));
    await this.#worker.terminate();
  }

  #settle({ id, found, problem }: Reply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (problem === undefined) waiting?.resolve(found);
    else waiting?.reject(new Error(problem));
  }

  /** The first reason counts: an error is followed by an exit. */
  #end(reason: Error): void {
    this.#gone ??= reason;
    for (const { reject } of this.#waiting.values()) reject(this.#gone);
    this.#waiting.clear();
  }
}
