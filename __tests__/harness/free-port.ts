import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

// Redis Cluster listens on a second port, this far above the first.
const BUS_OFFSET = 10_000;

// Both below the range that systems give to outgoing connections: a server finds them free, after a restart too.
const LOWEST = 11_000;
const HIGHEST = 22_000;

/** A loopback port that nothing listens on, and whose cluster bus port is free as well. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const port = randomInt(LOWEST, HIGHEST);
    if ((await isFree(port)) && (await isFree(port + BUS_OFFSET))) return port;
  }
  throw new Error(`no free loopback port between ${LOWEST} and ${HIGHEST}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
