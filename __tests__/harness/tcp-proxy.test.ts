import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { startProxy, type TcpProxy } from './tcp-proxy';
import { waitUntil } from './wait-until';

let echo: Server;
let proxy: TcpProxy;
const clients: Socket[] = [];

beforeEach(async () => {
  echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket)).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  proxy = await startProxy(`tcp://127.0.0.1:${(echo.address() as AddressInfo).port}`);
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await proxy.close();
  echo.close();
});

/** A connection through the proxy, and what came back on it so far. */
async function open(): Promise<{ client: Socket; received: () => Buffer }> {
  const client = connect(proxy.port, '127.0.0.1').on('error', () => undefined);
  clients.push(client);
  await once(client, 'connect');
  let received = Buffer.alloc(0);
  client.on('data', (chunk) => (received = Buffer.concat([received, chunk])));
  return { client, received: () => received };
}

const numbered = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, index) => index % 251));

async function timed(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}

test('a narrow link lets bytes through at its pace, in order and without loss', async () => {
  const { client, received } = await open();
  proxy.bandwidth(4_000);
  const sent = numbered(4_000);
  const took = await timed(async () => {
    client.write(sent);
    await waitUntil('all came back', () => received().length === sent.length);
  });
  expect(took).toBeGreaterThan(950);
  expect(took).toBeLessThan(6_000);
  expect(received()).toEqual(sent);
});

test('the connections of a narrow link share it', async () => {
  const [one, other] = [await open(), await open()];
  proxy.bandwidth(4_000);
  const took = await timed(async () => {
    for (const { client } of [one, other]) client.write(numbered(3_000));
    await waitUntil('all came back', () => one.received().length + other.received().length === 6_000);
  });
  expect(took).toBeGreaterThan(1_450);
});

test('a narrow link holds up its sender instead of taking everything', async () => {
  const { client, received } = await open();
  proxy.bandwidth(1_000);
  const sent = Buffer.alloc(10_000_000, numbered(251));
  client.write(sent);
  await waitUntil('something came back', () => received().length > 0);
  expect(client.writableLength).toBeGreaterThan(0);
  proxy.restore();
  await waitUntil('all came back', () => received().length === sent.length);
  expect(received().equals(sent)).toBe(true);
});

test('latency delays each chunk, both ways, and ends with restore', async () => {
  const { client, received } = await open();
  proxy.latency(300);
  const slow = await timed(async () => {
    client.write('1');
    await waitUntil('it came back', () => received().length === 1);
  });
  expect(slow).toBeGreaterThan(590);
  proxy.restore();
  client.write('2');
  await waitUntil('it came back', () => received().toString() === '12');
});

test('a reset breaks connections and takes new ones; refusal breaks those too', async () => {
  const { client } = await open();
  proxy.reset();
  await waitUntil('it is broken', () => client.destroyed);
  const { client: next, received } = await open();
  next.write('1');
  await waitUntil('it came back', () => received().length === 1);
  proxy.refuse();
  const refused = connect(proxy.port, '127.0.0.1').on('error', () => undefined);
  await waitUntil('both are broken', () => refused.destroyed && next.destroyed);
});

test('a slow link that becomes fast again keeps the order of what is under way', async () => {
  const { client, received } = await open();
  const sent = numbered(240);
  for (const [index, latency] of [60, 20, 0, 40, 0, 0].entries()) {
    proxy.latency(latency);
    const before = received().length;
    client.write(sent.subarray(index * 40, (index + 1) * 40));
    // Sent by itself: a socket may join what is written at once.
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(before).toBeLessThanOrEqual(received().length);
  }
  await waitUntil('all came back', () => received().length === sent.length);
  expect(received()).toEqual(sent);
});
