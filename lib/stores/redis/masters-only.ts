import type { RedisClient } from './client';
import { asCluster, type ClusterNode } from './cluster-client';

/**
 * A replica may still hold a session that was ended (B12). A cluster client says READONLY on its connections to replicas, and at
 * a moment when it has lost all masters it reads there, whatever `scaleReads` says. Without READONLY a replica only names its
 * master, and the client goes there: so these connections never say it.
 *
 * @returns what stops looking at new connections
 */
export function keepOffReplicas(client: RedisClient): () => void {
  const cluster = asCluster(client);
  if (!cluster) return () => undefined;
  for (const node of cluster.nodes('slave')) takeBack(node);
  for (const node of cluster.nodes('all')) neverReadOnly(node);
  cluster.on('+node', neverReadOnly);
  return () => cluster.off('+node', neverReadOnly);
}

/** What was said before. A connection that is being made says it once it is ready. */
function takeBack(node: ClusterNode): void {
  const sayReadWrite = (): void => void node.readwrite().catch(() => undefined);
  sayReadWrite();
  node.once('ready', sayReadWrite);
}

function neverReadOnly(node: ClusterNode): void {
  node.readonly = () => Promise.resolve('OK');
}
