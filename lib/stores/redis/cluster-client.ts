import type { Redis } from 'ioredis';
import type { RedisClient } from './client';

/** A node's connection, as an ioredis `Cluster` keeps it; both major versions. */
export interface ClusterNode {
  readonly options: object;
  info(section: string): Promise<string>;
  duplicate(override: object): Redis;
  readonly: () => Promise<unknown>;
  readwrite(): Promise<unknown>;
  once(event: 'ready', listener: () => void): unknown;
}

/** What is used of an ioredis `Cluster` beyond what every client has; both major versions. */
export interface ClusterClient {
  /** By slot the addresses of its nodes, the master's first. */
  readonly slots: readonly (readonly string[] | undefined)[];
  nodes(role: 'all' | 'master' | 'slave'): readonly ClusterNode[];
  refreshSlotsCache(callback?: () => void): void;
  on(event: '+node', listener: (node: ClusterNode) => void): unknown;
  off(event: '+node', listener: (node: ClusterNode) => void): unknown;
}

/** The client as a cluster's; undefined where it speaks with one server. */
export function asCluster(client: RedisClient): ClusterClient | undefined {
  return 'nodes' in client ? (client as unknown as ClusterClient) : undefined;
}

/** As a cluster's table of slots calls its nodes. */
export function addressOf({ options }: ClusterNode): string {
  const { host, port } = options as { readonly host?: string; readonly port?: number };
  return `${host}:${port}`;
}
