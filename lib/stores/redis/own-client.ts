import type { Redis } from 'ioredis';
import { loadIoredis } from './load-ioredis';

const connectTimeout = 2_000;
const shortestRetry = 25;
const longestRetry = 1_000;
const longestQuit = 1_000;
/** Less silence than this says nothing of a connection. */
const shortestSilence = 1_000;

/** A client that fails fast and reconnects for ever: waiting, deadlines and repetition are ours. */
export function openOwnClient(url: string): Redis {
  const { Redis } = loadIoredis();
  const client = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    connectTimeout,
    disconnectTimeout: 100,
    keepAlive: 30_000,
    connectionName: 'sessionkeeper',
    retryStrategy: jitteredRetry,
    // 2: reconnect, to where the master is by now, and send the command again.
    reconnectOnError: (fault) => (fault.message.includes('READONLY') ? 2 : false),
  });
  // Without a listener an emitter's error event ends the process (A80). The operation that fails tells of the fault.
  client.on('error', () => undefined);
  return client;
}

function jitteredRetry(times: number): number {
  return Math.min(longestRetry, shortestRetry * 2 ** Math.min(times, 10)) * (0.5 + Math.random() / 2);
}

/**
 * A half-open connection looks fine and answers nothing, for many minutes. Returns what to call when nothing came back for
 * a deadline: it breaks a connection that has been silent for long enough, and the client opens another.
 */
export function breakSilence(client: Redis): () => void {
  let changedAt = performance.now();
  const note = (): void => {
    changedAt = performance.now();
  };
  client.on('connect', note);
  client.on('ready', note);
  return () => {
    const isOpen = client.status === 'ready' || client.status === 'connect';
    if (!isOpen || performance.now() - changedAt < shortestSilence) return;
    note();
    client.disconnect(true);
  };
}

/** Lets commands in flight finish where Redis answers; resolves also where it does not. */
export async function closeOwnClient(client: Redis): Promise<void> {
  if (client.status === 'ready') {
    const patience = setTimeout(() => client.disconnect(), longestQuit);
    await client.quit().catch(() => undefined);
    clearTimeout(patience);
  }
  client.disconnect();
}
