import { setTimeout as pause } from 'node:timers/promises';
import { startCluster } from '../../harness/redis-cluster';
import type { Random } from '../random';
import { openLinks } from './links';
import type { Topology } from './topology';

const slotCount = 16_384;

/** Three masters with a replica each. */
export async function openCluster(apps: number): Promise<Topology> {
  const cluster = await startCluster();
  const ports = cluster.nodes.map(({ port }) => port);
  const links = await Promise.all(Array.from({ length: apps }, () => openLinks(ports)));
  // Some key: what owns its slot is hit.
  const anyKey = (random: Random): string => `key-${Math.floor(random.between(0, slotCount))}`;
  return {
    name: 'cluster',
    links,
    durability: { replicas: 1, timeout: '300ms' },
    faults: [
      {
        name: 'a master is killed',
        loses: true,
        async run(random) {
          const { former } = await cluster.killMaster(anyKey(random));
          await pause(random.between(0, 1_000));
          await cluster.restartNode(former);
        },
      },
      {
        name: 'a master stands still until its replica has taken over, and goes on',
        loses: true,
        async run(random) {
          const { former } = await cluster.pauseMaster(anyKey(random));
          former.resume();
          await cluster.settled();
        },
      },
      {
        name: 'a master hands over to its replica',
        loses: false,
        async run(random) {
          await cluster.failover(await cluster.masterOf(anyKey(random)));
          await cluster.settled();
        },
      },
      {
        name: 'a slot moves',
        loses: false,
        async run(random) {
          const slot = Math.floor(random.between(0, slotCount));
          const to = random.pick(await cluster.masters())!;
          await cluster.moveSlot(slot, to);
        },
      },
    ],
    connectionOf: (app) => ({
      kind: 'cluster',
      nodes: ports.map((port) => links[app]!.to(port)),
      natMap: links[app]!.natMap,
    }),
    async close() {
      await Promise.all(links.map((link) => link.close()));
      await cluster.stop();
    },
  };
}
