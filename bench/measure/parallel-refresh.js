import { startChild } from '../child.js';
import { startPrivateRedis } from '../private-redis.js';

const tabs = 100;

/**
 * A hundred tabs come with one refresh token at the same time, half of them to another process than the rest.
 *
 * @param {{ tokens: number }} plan how many times
 * @returns the most successors and the most rotations that one token got, and whatever outcomes are neither `rotated` nor `repeated`
 */
export async function measureParallelRefresh({ tokens: count }) {
  const { url, stop } = await startPrivateRedis();
  const node = new URL('../nodes/session-node.js', import.meta.url);
  const nodes = [await startChild(node, { REDIS_URL: url }), await startChild(node, { REDIS_URL: url })];
  let [successors, rotations] = [0, 0];
  /** @type {string[]} */
  const others = [];
  for (let index = 0; index < count; index += 1) {
    const { tokens } = await /** @type {(typeof nodes)[0]} */ (nodes[0]).call('signIn', index);
    const load = { refreshToken: tokens.refreshToken, tabs: tabs / nodes.length };
    /** @type {{ status: string, successor?: string }[]} */
    const outcomes = (await Promise.all(nodes.map((one) => one.call('refreshInParallel', load)))).flat();
    successors = Math.max(successors, new Set(outcomes.map(({ successor }) => successor)).size);
    rotations = Math.max(rotations, outcomes.filter(({ status }) => status === 'rotated').length);
    others.push(...outcomes.map(({ status }) => status).filter((status) => !/^(rotated|repeated)$/.test(status)));
  }
  await Promise.all(nodes.map((one) => one.stop()));
  stop();
  return { tabs, tokens: count, successors, rotations, others };
}
