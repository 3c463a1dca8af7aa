import type { ServerResponse } from 'node:http';
import onHeaders from 'on-headers';

// Far above what a writer that heeds backpressure leaves here: the first chunk that is refused is the last it sends.
const maxHeldBytes = 16 * 1024 * 1024;

type Phase = 'open' | 'held' | 'free' | 'replaced';

/** What becomes of a held response. */
export interface Holding {
  /**
   * Asked once the status is final: undefined lets the response go at once, a promise holds status, headers and body until it is
   * settled. Asked as well when the client leaves before that, with `isDelivered` false, and again should the app answer after all.
   */
  readonly settle: (isDelivered: boolean) => Promise<unknown> | undefined;
  /**
   * Answers instead where that failed; the rest of the original is dropped. What it gives, if anything, answers in its own time: it is called
   * once the original has ended, so that the two never mix.
   */
  readonly replace: (error: unknown) => (() => void) | undefined;
  /** Hears of a failure where the client has left. */
  readonly lose: (error: unknown) => void;
}

/**
 * Holds a response from the moment its status is final.
 *
 * To the app the response looks sent as soon as it is held: an error that comes later must not start a second one.
 */
export function holdResponse(res: ServerResponse, { settle, replace, lose }: Holding): void {
  const writeHead = res.writeHead.bind(res) as (...args: unknown[]) => ServerResponse;
  const write = res.write.bind(res) as (...args: unknown[]) => boolean;
  const end = res.end.bind(res) as (...args: unknown[]) => ServerResponse;
  const flushHeaders = res.flushHeaders.bind(res);
  const wakeWriters = rememberWriters(res);
  const held: (() => unknown)[] = [];
  let heldBytes = 0;
  let phase: Phase = 'open';
  let isClosed = false;
  let isEnded = false;
  let answerLate: (() => void) | undefined;

  function pass<Result>(send: () => Result, whenHeld: Result): Result {
    if (phase === 'open') commit();
    if (phase === 'free') return send();
    if (phase === 'held') held.push(send);
    return whenHeld;
  }

  function commit(): void {
    try {
      const settling = settle(!isClosed);
      phase = settling ? 'held' : 'free';
      settling?.then(release, giveUp);
    } catch (error) {
      phase = 'held';
      queueMicrotask(() => giveUp(error));
    }
    if (phase === 'held') Object.defineProperty(res, 'headersSent', { configurable: true, get: () => true });
  }

  function release(): void {
    free();
    for (const send of held.splice(0)) send();
    // Whoever was told to wait has to hear that it may go on.
    if (heldBytes > 0 && !res.writableEnded) wakeWriters();
  }

  function giveUp(error: unknown): void {
    free();
    held.length = 0;
    // Past whatever wrapped the original in between (compression): its encoding went with the headers.
    res.end = end as typeof res.end;
    if (res.statusMessage) res.statusMessage = '';
    for (const name of res.getHeaderNames().filter(isOfTheContent)) res.removeHeader(name);
    answerLate = replace(error);
    res.end = endWhenSettled;
    phase = 'replaced';
    wakeWriters();
    if (isEnded) handOver();
  }

  function handOver(): void {
    const answer = answerLate;
    if (!answer) return;
    answerLate = undefined;
    phase = 'free';
    res.write = write as typeof res.write;
    res.end = end as typeof res.end;
    answer();
  }

  function endWhenSettled(...args: unknown[]): ServerResponse {
    isEnded = true;
    if (answerLate) {
      handOver();
      return res;
    }
    return pass(() => end(...args), res);
  }

  function free(): void {
    phase = 'free';
    Reflect.deleteProperty(res, 'headersSent');
  }

  res.writeHead = function writeHeadWhenSettled(status: number, message?: unknown) {
    if (phase === 'open') commit();
    if (phase === 'free') return message === undefined ? writeHead(status) : writeHead(status, message);
    if (phase === 'held' && typeof message === 'string') res.statusMessage = message;
    return res;
  };
  res.write = function writeWhenSettled(...args: unknown[]) {
    const isWritten = pass(() => write(...args), phase === 'replaced');
    if (phase !== 'held') return isWritten;
    heldBytes += sizeOf(args[0]);
    if (heldBytes > maxHeldBytes) res.destroy(new Error('The held response is too large.'));
    return false;
  };
  res.end = endWhenSettled;
  res.flushHeaders = function flushHeadersWhenSettled() {
    pass(flushHeaders, undefined);
  };
  // An app that sees that nobody is left to answer may never do it; what it has done stands all the same.
  res.once('close', function settleUnanswered() {
    isClosed = true;
    if (phase === 'open') void (async () => settle(false))().catch(lose);
  });
  // Folds headers that writeHead is given into the response itself, so that a held head is status and headers alone.
  onHeaders(res, () => undefined);
}

type Listener = (...args: unknown[]) => void;

/**
 * Gives the function that lets writers go on who wait for `drain`. What wraps the response between them and it (compression) may
 * have taken their listeners for its own stream, which was never full and has nothing to tell them.
 */
function rememberWriters(res: ServerResponse): () => void {
  const on = res.on.bind(res) as (event: string | symbol, listener: Listener) => ServerResponse;
  const waiting = new Set<Listener>();
  res.on = function onRemembered(event: string | symbol, listener: Listener) {
    if (event === 'drain') waiting.add(listener);
    return on(event, listener);
  } as typeof res.on;
  return function wakeWriters() {
    const reached = res.rawListeners('drain');
    // node:http says so itself where it is full.
    if (!res.writableNeedDrain) res.emit('drain');
    for (const listener of waiting) if (!reached.includes(listener)) listener.call(res);
    waiting.clear();
  };
}

function sizeOf(chunk: unknown): number {
  return typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk.length : 0;
}

/** Headers that describe the answer which is not given; others (CORS, security) hold for any. */
function isOfTheContent(name: string): boolean {
  return /^(content-(?!security-policy).*|transfer-encoding|trailer|etag|last-modified|expires|location|accept-ranges)$/.test(
    name,
  );
}
