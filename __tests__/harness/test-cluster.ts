import { Cluster } from 'ioredis';

let client: Cluster | undefined;

/** A client of the cluster that all test files share; one a file. Its nodes are set by `cluster-setup`. */
export function testClusterClient(): Cluster {
  if (client) return client;
  const urls = process.env['TEST_CLUSTER_URLS'];
  if (urls === undefined)
    throw new Error('TEST_CLUSTER_URLS is not set: run the tests through npm run test:cluster');
  client = new Cluster(urls.split(' '), { redisOptions: { maxRetriesPerRequest: 1 } });
  client.on('error', () => undefined);
  // Each test opens a store on it, and few close theirs.
  client.setMaxListeners(0);
  return client;
}

export function closeTestCluster(): void {
  client?.disconnect();
  client = undefined;
}
