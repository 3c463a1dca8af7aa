import type { RedisClient } from './client';

/** A node's connection, as ioredis' `Cluster` keeps it; both major versions. */
interface NodeClient {
  readonly: () => Promise<unknown>;
  readwrite(): Promise<unknown>;
  once(event: 'ready', listener: () => void): unknown;
}

interface ClusterClient {
  nodes(role: 'all' | 'slave'): readonly NodeClient[];
  on(event: '+node', listener: (node: NodeClient) => void): unknown;
  off(event: '+node', listener: (node: NodeClient) => void): unknown;
}

/**
 * A replica may still hold a session that was ended (B12). A cluster client says READONLY on its connections to replicas, and at
 * a moment when it has lost all masters it reads there, whatever `scaleReads` says. Without READONLY a replica only names its
 * master, and the client goes there: so these connections never say it.
 *
 * @returns what stops looking at new connections
 */
export function keepOffReplicas(client: RedisClient): () => void {
  if (!('nodes' in client)) return () => undefined;
  const cluster = client as unknown as ClusterClient;
  for (const node of cluster.nodes('slave')) takeBack(node);
  for (const node of cluster.nodes('all')) neverReadOnly(node);
  cluster.on('+node', neverReadOnly);
  return () => cluster.off('+node', neverReadOnly);
}

/** What was said before. A connection that is being made says it once it is ready. */
function takeBack(node: NodeClient): void {
  const sayReadWrite = (): void => void node.readwrite().catch(() => undefined);
  sayReadWrite();
  node.once('ready', sayReadWrite);
}

function neverReadOnly(node: NodeClient): void {
  node.readonly = () => Promise.resolve('OK');
}
