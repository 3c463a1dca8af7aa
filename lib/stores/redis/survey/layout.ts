import { hash } from 'node:crypto';
import type { RedisClient } from '../client';
import { addressOf, asCluster, type ClusterClient, type ClusterNode } from '../cluster-client';

/** Who holds the keys: one server, or the masters of a cluster in a fixed order. */
export interface Layout {
  /** Another where another server holds any slot: a user may have moved to one that was walked before. */
  readonly name: string;
  readonly servers: readonly RedisClient[];
}

const alone = 'alone';
const nameLength = 12;

/** As the client knows it. @throws what counts as a lost connection, while it knows of no master */
export function layoutOf(client: RedisClient): Layout {
  const cluster = asCluster(client);
  if (!cluster) return { name: alone, servers: [client] };
  const ranges = rangesOf(cluster);
  const nodes = new Map(
    cluster.nodes('master').map((node) => [addressOf(node), node as ClusterNode & RedisClient]),
  );
  const addresses = [...new Set(ranges.map(({ address }) => address))].filter((address) => address !== '').sort();
  const servers = addresses.flatMap((address) => nodes.get(address) ?? []);
  if (servers.length === 0 || servers.length < addresses.length) throw new Error("Cluster isn't ready");
  const text = ranges.map(({ first, address }) => `${first} ${address}`).join('\n');
  return { name: hash('sha256', text, 'base64url').slice(0, nameLength), servers };
}

/** Has the client look who holds what by now. A cluster that says nothing may take long over it: to be called within a deadline. */
export function lookAgain(client: RedisClient): Promise<void> {
  const cluster = asCluster(client);
  return cluster ? new Promise((resolve) => cluster.refreshSlotsCache(() => resolve())) : Promise.resolve();
}

/** By the slot with which each begins. */
function rangesOf({ slots }: ClusterClient): { readonly first: number; readonly address: string }[] {
  const ranges: { first: number; address: string }[] = [];
  for (let slot = 0; slot < slots.length; slot += 1) {
    const address = slots[slot]?.[0] ?? '';
    if (address !== ranges.at(-1)?.address) ranges.push({ first: slot, address });
  }
  return ranges;
}
