import { setTimeout as pause } from 'node:timers/promises';
import { startRedis } from '../../harness/redis-server';
import { openLinks } from './links';
import type { Topology } from './topology';

/** One server. Without a replica nothing survives its crash: everyone is signed out, and nobody is let in. */
export async function openStandalone(apps: number): Promise<Topology> {
  const server = await startRedis();
  const links = await Promise.all(Array.from({ length: apps }, () => openLinks([server.port])));
  return {
    name: 'standalone',
    links,
    durability: null,
    faults: [
      {
        name: 'redis stands still',
        loses: false,
        async run(random) {
          server.pause();
          await pause(random.between(300, 4_000));
          server.resume();
        },
      },
      {
        name: 'redis is killed and starts empty',
        loses: true,
        async run(random) {
          await server.kill();
          await pause(random.between(0, 2_000));
          await server.start();
        },
      },
    ],
    connectionOf: (app) => ({ kind: 'standalone', url: links[app]!.proxies[0]!.url }),
    async close() {
      await Promise.all(links.map((link) => link.close()));
      await server.stop();
    },
  };
}
