import setUp from './global-setup';
import { startCluster } from './redis-cluster';

/** The run's one cluster, beside its server. It ends with the run. */
export default async function setUpCluster(): Promise<void> {
  await setUp();
  // No node dies here: a machine that stands still for a second must not make one look dead.
  const { urls } = await startCluster({ nodeTimeout: 15_000 });
  process.env['TEST_CLUSTER_URLS'] = urls.join(' ');
}
