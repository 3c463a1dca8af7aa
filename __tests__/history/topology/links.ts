import { startProxy, type TcpProxy } from '../../harness/tcp-proxy';
import type { Address, NatMap } from '../app/app-settings';

const host = '127.0.0.1';

/** The ways of one app process to all servers, each through a proxy of its own, so that it can be cut off alone. */
export class Links {
  readonly #proxies: ReadonlyMap<number, TcpProxy>;

  constructor(proxies: ReadonlyMap<number, TcpProxy>) {
    this.#proxies = proxies;
  }

  get natMap(): NatMap {
    return Object.fromEntries([...this.#proxies.keys()].map((port) => [`${host}:${port}`, this.to(port)]));
  }

  get proxies(): readonly TcpProxy[] {
    return [...this.#proxies.values()];
  }

  /** Where the server on this port is to be reached. */
  to(port: number): Address {
    return { host, port: this.#proxies.get(port)!.port };
  }

  async close(): Promise<void> {
    await Promise.all(this.proxies.map((proxy) => proxy.close()));
  }
}

export async function openLinks(ports: readonly number[]): Promise<Links> {
  const opened = ports.map(async (port) => [port, await startProxy(`redis://${host}:${port}`)] as const);
  return new Links(new Map(await Promise.all(opened)));
}
