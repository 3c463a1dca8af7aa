import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { Lag } from './lag';
import { Throttle } from './throttle';

export interface LostReply {
  /** Only for a request that contains this text, for example `EVALSHA`. Any request by default. */
  request?: string;
  /** That many matching requests pass unharmed first. */
  skip?: number;
}

interface Link {
  client: Socket;
  server: Socket;
  losing: boolean;
}

/** A loopback proxy that spoils a connection in the ways that networks do. */
export class TcpProxy {
  #listener: Server;
  #target: URL;
  #links = new Set<Link>();
  #latency = 0;
  readonly #up = new Throttle();
  readonly #down = new Throttle();
  #stalled = false;
  #refusing = false;
  #lost: { request: string; skip: number; done: () => void } | undefined;

  constructor(target: URL) {
    this.#target = target;
    this.#listener = createServer((client) => {
      const { port, hostname } = this.#target;
      this.#link(client, connect(Number(port), hostname));
    });
  }

  get port(): number {
    return (this.#listener.address() as AddressInfo).port;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async listen(): Promise<void> {
    this.#listener.listen(0, '127.0.0.1');
    this.#listener.unref();
    await once(this.#listener, 'listening');
  }

  /** Delays each chunk, both ways. */
  latency(milliseconds: number): void {
    this.#latency = milliseconds;
  }

  /** Lets so many bytes through a second, each way, all connections together. What does not fit holds up its sender. */
  bandwidth(bytesPerSecond: number): void {
    this.#up.bytesPerSecond = bytesPerSecond;
    this.#down.bytesPerSecond = bytesPerSecond;
  }

  /** Leads somewhere else from now on, as a name does whose address has changed; open connections are broken. */
  lead(targetUrl: string): void {
    this.#target = new URL(targetUrl);
    this.reset();
  }

  /** Breaks all open connections with RST; new ones are served. */
  reset(): void {
    for (const link of this.#links) this.#break(link);
  }

  /** Half-open: connections stay, new ones are accepted, and nothing is forwarded any more. */
  halfOpen(): void {
    this.#stalled = true;
  }

  /** Breaks all connections, and each new one at once. */
  refuse(): void {
    this.#refusing = true;
    this.reset();
  }

  /** Ends latency, bandwidth, half-open and refusal. What a half-open link swallowed stays lost, so its connection is broken. */
  restore(): void {
    if (this.#stalled) this.reset();
    this.#latency = 0;
    this.bandwidth(Infinity);
    this.#stalled = false;
    this.#refusing = false;
  }

  /**
   * Once: lets the server run a request, swallows its reply and breaks the connection, so that the client
   * cannot know. Resolves when it has happened.
   */
  loseReply({ request = '', skip = 0 }: LostReply = {}): Promise<void> {
    return new Promise((done) => {
      this.#lost = { request, skip, done };
    });
  }

  async close(): Promise<void> {
    this.restore();
    this.reset();
    if (!this.#listener.listening) return;
    this.#listener.close();
    await once(this.#listener, 'close');
  }

  #link(client: Socket, server: Socket): void {
    const link: Link = { client, server, losing: false };
    if (this.#refusing) return this.#break(link);
    this.#links.add(link);
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', () => this.#break(link));
      socket.on('close', () => this.#break(link));
      socket.unref();
    }
    const [toServer, toClient] = [server, client].map((to) => new Lag((bytes) => to.writable && to.write(bytes)));
    client.on('data', (chunk) => {
      if (this.#claims(chunk)) link.losing = true;
      this.#pace(this.#up, client, toServer!, chunk);
    });
    server.on('data', (chunk) =>
      link.losing ? this.#lose(link) : this.#pace(this.#down, server, toClient!, chunk),
    );
  }

  #claims(chunk: Buffer): boolean {
    const lost = this.#lost;
    if (lost === undefined || !chunk.includes(lost.request)) return false;
    lost.skip -= 1;
    return lost.skip < 0;
  }

  #lose(link: Link): void {
    this.#break(link);
    this.#lost?.done();
    this.#lost = undefined;
  }

  #pace(throttle: Throttle, from: Socket, to: Lag, chunk: Buffer): void {
    if (throttle.isOpen) return this.#forward(to, chunk);
    // Nothing more is taken until this is through: the sender's own buffers fill, as they would.
    from.pause();
    void throttle.pass(chunk, (portion) => this.#forward(to, portion)).then(() => from.resume());
  }

  #forward(to: Lag, chunk: Buffer): void {
    if (!this.#stalled) to.pass(chunk, this.#latency);
  }

  #break(link: Link): void {
    this.#links.delete(link);
    if (!link.client.destroyed) link.client.resetAndDestroy();
    if (!link.server.destroyed) link.server.destroy();
  }
}

export async function startProxy(targetUrl: string): Promise<TcpProxy> {
  const proxy = new TcpProxy(new URL(targetUrl));
  await proxy.listen();
  return proxy;
}
