/** The load, in a process of its own. */
import autocannon from 'autocannon';
import { answerCalls } from '../calls.js';
import { quantile } from '../measure/statistics.js';

answerCalls({ fire });

/**
 * Sends `amount` requests over `connections` that stay open. Every connection goes through sessions of its own, one after the
 * other, so that no session is asked for twice at a time.
 *
 * @param {{ url: string, sessions: Record<string, string>[], connections: number, amount: number }} load
 */
async function fire({ url, sessions, connections, amount }) {
  let opened = 0;
  let lastAnswer = 0;
  /** @type {number[]} milliseconds; autocannon itself counts whole ones */
  const times = [];
  const start = performance.now();
  const result = await autocannon({
    url,
    connections,
    amount,
    // It ends with a tick of its sampling: half a second late on average with the default.
    sampleInt: 50,
    setupClient(client) {
      const own = sessions.filter((_, index) => index % connections === opened);
      opened += 1;
      client.setRequests(own.map((headers) => ({ method: 'GET', headers })));
      client.on('response', (_status, _bytes, milliseconds) => {
        times.push(milliseconds);
        lastAnswer = performance.now();
      });
    },
  });
  return {
    statuses: Object.fromEntries(
      Object.entries(result.statusCodeStats).map(([status, { count }]) => [status, Number(count)]),
    ),
    seconds: (lastAnswer - start) / 1_000,
    latency: { p50: quantile(times, 0.5), p99: quantile(times, 0.99) },
  };
}
