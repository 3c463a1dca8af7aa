import { Agent, request } from 'node:http';
import { startChild } from '../child.js';
import { startPrivateRedis } from '../private-redis.js';
import { quantile } from './statistics.js';

const asksBefore = 5;
const patienceMilliseconds = 15_000;

/**
 * Two app processes, one Redis. The second is asked without a pause, one request after the other, with a session that it knows;
 * the first ends that session. The delay runs from the moment that `revoke` resolves there to the moment that the first refused request
 * is sent here, and is 0 where every request that was sent after that moment is refused.
 *
 * @param {{ revocations: number, nearCache: boolean }} plan
 * @returns milliseconds, and how many requests were accepted too late
 */
export async function measureRevocationDelay({ revocations, nearCache }) {
  const { url, stop } = await startPrivateRedis();
  const env = { REDIS_URL: url, NEAR_CACHE: nearCache ? 'on' : 'off' };
  const node = new URL('../nodes/session-node.js', import.meta.url);
  const [ending, asked] = [await startChild(node, env), await startChild(node, env)];
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const port = await asked.call('port');

  const delays = [];
  let acceptedLate = 0;
  for (let index = 0; index < revocations; index += 1) {
    const { delay, late } = await endOne(index);
    delays.push(delay);
    acceptedLate += late;
  }
  agent.destroy();
  await Promise.all([ending.stop(), asked.stop()]);
  stop();
  return {
    revocations,
    acceptedLate,
    p50: quantile(delays, 0.5),
    p99: quantile(delays, 0.99),
    max: Math.max(...delays),
  };

  /** @param {number} index */
  async function endOne(index) {
    const { id, tokens } = await ending.call('signIn', index);
    const headers = { authorization: `Bearer ${tokens.accessToken}` };
    for (let asks = 0; asks < asksBefore; asks += 1) {
      const { status } = await ask(headers);
      if (status !== 200) throw new Error(`a live session is answered with ${status}`);
    }

    /** @type {Promise<string>} */
    const ended = ending.call('revoke', id);
    const asks = [];
    const giveUpAt = performance.now() + patienceMilliseconds;
    do {
      asks.push(await ask(headers));
      if (performance.now() > giveUpAt) throw new Error('a revoked session stays accepted');
    } while (asks.at(-1)?.status !== 401);
    const acknowledgedAt = milliseconds(BigInt(await ended));

    const late = asks.filter(({ status, sentAt }) => status === 200 && sentAt > acknowledgedAt).length;
    return { late, delay: late === 0 ? 0 : (asks.at(-1)?.sentAt ?? NaN) - acknowledgedAt };
  }

  /** @param {Record<string, string>} headers @returns {Promise<{ sentAt: number, status: number }>} */
  function ask(headers) {
    return new Promise((resolve, reject) => {
      const sentAt = milliseconds(process.hrtime.bigint());
      const asking = request({ host: '127.0.0.1', port, agent, headers }, (response) => {
        response.resume().once('end', () => resolve({ sentAt, status: response.statusCode ?? 0 }));
      });
      asking.once('error', reject).end();
    });
  }
}

/** @param {bigint} nanoseconds */
function milliseconds(nanoseconds) {
  return Number(nanoseconds) / 1e6;
}
