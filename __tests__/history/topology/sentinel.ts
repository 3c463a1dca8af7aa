import { setTimeout as pause } from 'node:timers/promises';
import { startSentinel } from '../../harness/redis-sentinel';
import { openLinks } from './links';
import type { Topology } from './topology';

const replicas = 2;

/** A primary and two replicas, with three sentinels. */
export async function openSentinel(apps: number): Promise<Topology> {
  const setup = await startSentinel({ replicas });
  const ports = [...setup.servers, ...setup.sentinels].map(({ port }) => port);
  const links = await Promise.all(Array.from({ length: apps }, () => openLinks(ports)));
  return {
    name: 'sentinel',
    links,
    // Of both: the sentinels may choose either.
    durability: { replicas, timeout: '300ms' },
    faults: [
      {
        name: 'the primary is killed',
        loses: true,
        async run(random) {
          const { from } = await setup.killPrimary();
          await pause(random.between(0, 1_000));
          await setup.rejoin(from);
          await setup.settled();
        },
      },
      {
        name: 'the primary stands still until another is one, and goes on',
        loses: true,
        async run() {
          const { from } = await setup.pausePrimary();
          setup.resume(from);
          await setup.demoted(from);
          await setup.settled();
        },
      },
      {
        name: 'an operator hands over',
        loses: true,
        async run() {
          const { from } = await setup.failover();
          await setup.demoted(from);
          await setup.settled();
        },
      },
      {
        name: 'the primary loses sight of all but its clients',
        loses: true,
        async run() {
          const { from } = await setup.partitionPrimary();
          await setup.heal(from);
          await setup.demoted(from);
          await setup.settled();
        },
      },
      {
        name: 'a replica stands still',
        loses: false,
        async run(random) {
          const [replica] = await setup.replicas();
          replica?.pause();
          await pause(random.between(300, 800));
          replica?.resume();
        },
      },
    ],
    connectionOf: (app) => ({
      kind: 'sentinel',
      name: setup.name,
      sentinels: setup.sentinels.map(({ port }) => links[app]!.to(port)),
      natMap: links[app]!.natMap,
    }),
    async close() {
      await Promise.all(links.map((link) => link.close()));
      await setup.stop();
    },
  };
}
