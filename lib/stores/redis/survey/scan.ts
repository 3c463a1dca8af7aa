import type { RedisClient } from '../client';
import { defineScripts, sendScript } from '../script-runner';
import { scanScript } from '../script-texts';

/** What one step of SCAN came upon. */
export interface Scanned {
  readonly names: readonly string[];
  /** '0': that was all. */
  readonly position: string;
  /** Another after a restart, and on another server: a position means nothing there. Always the same where the server does not tell. */
  readonly run: string;
}

// Redis serves nobody else while it looks at them.
const keysAtOnce = 1_000;
const runLength = 8;
const untold = 'untold';

/**
 * One step of SCAN, and in the same script who answers it: a position is good for one run of one server, and between two commands the
 * connection may come to lead to another.
 */
export async function scan(server: RedisClient, position: string, pattern: string): Promise<Scanned> {
  // A cluster's client has taught it to none of its nodes' connections.
  defineScripts(server, [scanScript]);
  const reply = await sendScript(server, scanScript, [position, pattern, keysAtOnce]);
  const [next = '0', run = '', ...names] = reply.map(String);
  return { names: [...new Set(names)], position: next, run: run.slice(0, runLength) || untold };
}
