import { fork } from 'node:child_process';
import { once } from 'node:events';

/**
 * Forks a module that answers calls (`calls.js`). It ends when this process does.
 *
 * @param {string | URL} module
 * @param {Record<string, string>} [env]
 */
export async function startChild(module, env = {}) {
  const child = fork(module, { env: { ...process.env, NODE_ENV: 'production', ...env } });
  /** @type {Map<number, { resolve: (result: any) => void, reject: (error: Error) => void }>} */
  const waiting = new Map();
  let calls = 0;

  child.on('message', (/** @type {{ id?: number, result?: unknown, error?: string }} */ { id, result, error }) => {
    const call = waiting.get(id ?? 0);
    waiting.delete(id ?? 0);
    if (error === undefined) call?.resolve(result);
    else call?.reject(new Error(`${module}: ${error}`));
  });
  child.on('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`${module} ended with ${code}`));
  });
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`${module} ended with ${code}`))),
  ]);

  return {
    /** @param {string} method @param {unknown} [argument] @returns {Promise<any>} */
    call(method, argument) {
      calls += 1;
      const id = calls;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        child.send({ id, method, argument });
      });
    },
    async stop() {
      if (child.exitCode !== null) return;
      child.disconnect();
      await once(child, 'exit');
    },
  };
}
