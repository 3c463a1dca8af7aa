import { quantile } from '../measure/statistics.js';

/**
 * Does `work` `amount` times, `atOnce` in flight.
 *
 * @param {number} amount @param {number} atOnce @param {(index: number) => Promise<unknown>} work
 * @returns CPU of this process in microseconds an operation, operations a second, and milliseconds from call to outcome
 */
export async function timeOperations(amount, atOnce, work) {
  /** @type {number[]} */
  const times = [];
  let next = 0;
  const cpu = process.cpuUsage();
  const start = performance.now();
  await Promise.all(Array.from({ length: Math.min(atOnce, amount) }, worker));
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    cpu: (user + system) / amount,
    perSecond: amount / seconds,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
  };

  async function worker() {
    while (next < amount) {
      const index = next;
      next += 1;
      const begun = performance.now();
      await work(index);
      times.push(performance.now() - begun);
    }
  }
}
