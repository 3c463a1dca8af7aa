/** What is used of an ioredis `Redis`; both major versions. */
interface Server {
  readonly manuallyClosing?: boolean;
  readonly options: {
    readonly retryStrategy?: unknown;
    readonly sentinelRetryStrategy?: unknown;
    readonly sentinels?: readonly unknown[] | null;
  };
  connect(): Promise<void>;
}

/** What is listened to. */
interface Connecting {
  readonly options: object;
  on(event: 'close' | 'connecting' | 'end', listener: () => void): unknown;
  off(event: 'close' | 'connecting' | 'end', listener: () => void): unknown;
}

/**
 * Brings a client on Sentinel back that has ended although nobody ended it. ioredis' failover detector drops the connection when the
 * sentinels name another primary; where the client was connecting anew just then, it gives up for good, and every later call fails.
 * Answers what stops it.
 */
export function undoUnaskedEnds(client: Connecting): () => void {
  const server = client as Connecting & Partial<Server>;
  const { retryStrategy, sentinelRetryStrategy, sentinels } = server.options;
  const comesBack = [retryStrategy, sentinelRetryStrategy].every((strategy) => typeof strategy === 'function');
  if (!sentinels?.length || !comesBack) return () => undefined;

  // An end that follows a close is one that the app's own retry strategy has asked for.
  let hasClosed = false;
  const onClose = (): void => void (hasClosed = true);
  const onConnecting = (): void => void (hasClosed = false);
  const onEnd = (): void => {
    if (hasClosed || server.manuallyClosing === true) return;
    server.connect?.().catch(() => undefined);
  };
  client.on('close', onClose);
  client.on('connecting', onConnecting);
  client.on('end', onEnd);
  return () => {
    client.off('close', onClose);
    client.off('connecting', onConnecting);
    client.off('end', onEnd);
  };
}
