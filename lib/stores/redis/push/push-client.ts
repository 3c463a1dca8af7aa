import type { RedisClient } from '../client';
import type { ClusterNode } from '../cluster-client';
import { jitteredRetry } from '../own-client';

/** What a channel needs of ioredis, both major versions. */
export interface PushClient {
  readonly status: string;
  readonly options: object;
  info(section: string): Promise<string>;
  client(...args: readonly unknown[]): Promise<unknown>;
  subscribe(channel: string): Promise<unknown>;
  ping(): Promise<unknown>;
  disconnect(reconnect?: boolean): void;
  on(event: 'ready' | 'close' | 'connecting' | 'end' | 'error', listener: () => void): unknown;
  on(event: 'messageBuffer', listener: (channel: Buffer, keys: unknown) => void): unknown;
  off(event: 'close' | 'connecting' | 'end', listener: () => void): unknown;
}

interface Duplicable {
  duplicate(override: object): PushClient;
}

const settings = {
  connectionName: 'sessionkeeper-push',
  // Version 6 speaks RESP3 by default and drops these messages.
  protocol: 2,
  // A new connection tracks nothing until it has been told to: only then may it subscribe.
  autoResubscribe: false,
  autoResendUnfulfilledCommands: false,
  enableOfflineQueue: false,
  enableAutoPipelining: false,
  maxRetriesPerRequest: null,
  commandTimeout: undefined,
  connectTimeout: 2_000,
  disconnectTimeout: 100,
  keepAlive: 30_000,
  lazyConnect: false,
  readOnly: false,
  // The client that serves the store follows switches; the channel follows that client.
  failoverDetector: false,
  reconnectOnError: null,
  retryStrategy: jitteredRetry,
};

/** A connection of its own to where this client goes: the server, whichever is the master by Sentinel, or one node of a cluster. */
export function openPushClient(client: RedisClient | ClusterNode): PushClient {
  return (client as unknown as Duplicable).duplicate(settings);
}
