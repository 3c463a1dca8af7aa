/**
 * What the store needs of a client: an ioredis `Redis` or `Cluster`, version 5 or 6. Spelled out, so that the types of this
 * package compile without ioredis and with either version.
 */
export interface RedisClient {
  readonly status: string;
  readonly options: object;
  defineCommand(name: string, definition: { lua: string; numberOfKeys: number }): void;
  getBuffer(key: string): Promise<Buffer | null>;
  mgetBuffer(...keys: string[]): Promise<(Buffer | null)[]>;
  exists(...keys: string[]): Promise<number>;
  zcount(key: string, min: string, max: number): Promise<number>;
  lrangeBuffer(key: string, start: number, stop: number): Promise<Buffer[]>;
  ping(): Promise<unknown>;
  on(event: ClientEvent, listener: () => void): unknown;
  off(event: ClientEvent, listener: () => void): unknown;
}

/** The last three of a cluster client alone. */
type ClientEvent = 'ready' | 'close' | 'connecting' | 'end' | '+node' | '-node' | 'refresh';
