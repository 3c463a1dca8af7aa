import { setTimeout as pause } from 'node:timers/promises';

/** Asks again until the answer is yes; for what another process does in its own time. */
export async function waitUntil(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeout = 10_000,
): Promise<void> {
  const deadline = performance.now() + timeout;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`waited ${timeout} ms in vain: ${what}`);
    await pause(20);
  }
}
