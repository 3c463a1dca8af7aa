import { Cluster, Redis } from 'ioredis';
import { RedisStore } from 'sessionkeeper';
import { brokenStores } from './broken-stores.js';

const impatient = { maxRetriesPerRequest: 1 };

/** The store of an app process: sound, or broken in the way that is asked for. */
export function openStore({ connection, deadline, durability, broken }) {
  const options = { ...sourceOf(connection), deadline, ...(durability && { durability }) };
  const Store = broken === null ? RedisStore : brokenStores[broken];
  return new Store(options);
}

function sourceOf({ kind, url, ...addresses }) {
  if (kind === 'standalone') return { url };
  const client = kind === 'sentinel' ? sentinelClient(addresses) : clusterClient(addresses);
  // What is wrong is told to whoever asks the store.
  client.on('error', () => undefined);
  return { client };
}

function sentinelClient({ sentinels, name, natMap }) {
  return new Redis({ sentinels, name, natMap, failoverDetector: true, ...impatient });
}

function clusterClient({ nodes, natMap }) {
  return new Cluster(nodes, { natMap, redisOptions: impatient });
}
