import type { RedisClient } from './client';
import { asCluster } from './cluster-client';

// Who leads is asked over a new connection each time: not for every operation that nobody answered.
const askEvery = 500;

/**
 * A master that hangs, or is cut off, breaks no connection: a cluster client goes on asking it for many minutes after a replica
 * has taken over, since it learns of that from errors alone. So it is made to ask the other nodes.
 *
 * @returns what is to be called when an operation had no answer in time
 */
export function successorFinder(client: RedisClient): () => void {
  const cluster = asCluster(client);
  let askedAt = -Infinity;
  return () => {
    const now = performance.now();
    if (!cluster || client.status !== 'ready' || now - askedAt < askEvery) return;
    askedAt = now;
    cluster.refreshSlotsCache();
  };
}
