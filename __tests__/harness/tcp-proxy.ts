import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

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
  #links = new Set<Link>();
  #latency = 0;
  #stalled = false;
  #refusing = false;
  #lost: { request: string; skip: number; done: () => void } | undefined;

  constructor(target: URL) {
    this.#listener = createServer((client) => this.#link(client, connect(Number(target.port), target.hostname)));
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

  /** Ends latency, half-open and refusal. What a half-open link swallowed stays lost, so its connection is broken. */
  restore(): void {
    if (this.#stalled) this.reset();
    this.#latency = 0;
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
    client.on('data', (chunk) => {
      if (this.#claims(chunk)) link.losing = true;
      this.#forward(server, chunk);
    });
    server.on('data', (chunk) => (link.losing ? this.#lose(link) : this.#forward(client, chunk)));
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

  #forward(to: Socket, chunk: Buffer): void {
    if (this.#stalled) return;
    if (this.#latency === 0) return void to.write(chunk);
    setTimeout(() => to.writable && to.write(chunk), this.#latency);
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
