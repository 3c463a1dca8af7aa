import { setTimeout as pause } from 'node:timers/promises';
import type { AppProcess } from '../app/app-process';
import type { Random } from '../random';
import type { Links } from '../topology/links';

/** Something that befalls one app process, or its way to Redis. Redis loses nothing by it. */
export interface AppFault {
  readonly name: string;
  run(app: AppProcess, links: Links, random: Random): Promise<void>;
}

export const appFaults: readonly AppFault[] = [
  {
    name: 'is killed',
    async run(app, _links, random) {
      await app.kill();
      await pause(random.between(0, 1_500));
      await app.start();
    },
  },
  {
    name: 'stands still',
    async run(app, _links, random) {
      app.pause();
      await pause(random.between(200, 4_000));
      app.resume();
    },
  },
  {
    name: 'is cut off from Redis',
    run: (_app, links, random) => spoilt(links, random.between(500, 5_000), (proxy) => proxy.refuse()),
  },
  {
    name: 'gets no answers from Redis any more',
    run: (_app, links, random) => spoilt(links, random.between(500, 5_000), (proxy) => proxy.halfOpen()),
  },
  {
    name: 'has a slow link to Redis',
    run: (_app, links, random) =>
      spoilt(links, random.between(500, 3_000), (proxy) => proxy.latency(random.between(20, 300))),
  },
  {
    name: 'loses its connections to Redis',
    run: (_app, links) => spoilt(links, 0, (proxy) => proxy.reset()),
  },
  {
    name: 'loses the answer to a script',
    async run(_app, { proxies }) {
      // Whichever server it asks next.
      await Promise.race([...proxies.map((proxy) => proxy.loseReply({ request: 'evalsha' })), pause(2_000)]);
    },
  },
];

async function spoilt(
  { proxies }: Links,
  milliseconds: number,
  spoil: (proxy: Links['proxies'][number]) => void,
): Promise<void> {
  for (const proxy of proxies) spoil(proxy);
  await pause(milliseconds);
  for (const proxy of proxies) proxy.restore();
}
