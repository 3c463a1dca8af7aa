import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { RedisStore } from '../../../lib/stores/redis';
import { waitUntil } from '../../harness/wait-until';

test('B1 attempts to connect come further and further apart, never in step with those of other processes', async () => {
  const attempts: number[][] = [];
  const open = async () => {
    const times: number[] = [];
    attempts.push(times);
    const server = createServer((socket) => {
      times.push(performance.now());
      socket.on('error', () => undefined).resetAndDestroy();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    return { server, store: new RedisStore({ url: `redis://127.0.0.1:${port}`, onIncident: () => undefined }) };
  };
  const both = [await open(), await open()];
  await waitUntil('each has tried seven times', () => attempts.every(({ length }) => length >= 7), 15_000);
  await Promise.all(both.map(({ store }) => store.close()));
  for (const { server } of both) server.close();

  const pauses = attempts.map((times) => times.slice(1, 7).map((at, index) => at - times[index]!));
  for (const each of pauses) {
    // From 25 ms, doubled each time, and never less than half of that.
    each.forEach((pause, index) => expect(pause).toBeGreaterThan(0.5 * 25 * 2 ** index - 5));
  }
  expect(pauses[0]).not.toEqual(pauses[1]);
});
