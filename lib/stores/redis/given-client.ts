import { SessionError } from '../../domain/error';
import { warnProcess } from '../../domain/process-warning';
import { optionError } from '../../options/read-options';
import type { RedisClient } from './client';

/** The parts of a client's settings that decide whether it can serve as a store's. Both kinds, both major versions. */
interface ClientSettings {
  readonly keyPrefix?: string;
  readonly role?: string;
  readonly scaleReads?: unknown;
  readonly enableOfflineQueue?: boolean;
  readonly maxRetriesPerRequest?: number | null;
  readonly commandTimeout?: number;
  readonly sentinels?: readonly unknown[] | null;
  readonly redisOptions?: ClientSettings;
}

const name = 'RedisStore.client';

/** @throws SessionError `options_invalid` where sessions would be lost, or read from where they are not kept. */
export function checkGivenClient(client: unknown): RedisClient {
  if (!isIoredis(client))
    throw optionError(name, "an ioredis Redis or Cluster (import { Redis } from 'ioredis')", client);
  const settings = client.options as ClientSettings;
  if (settings.keyPrefix || settings.redisOptions?.keyPrefix) {
    // It is not added to the keys that scripts derive.
    throw refusal("a client without keyPrefix (this store's own prefix does that)", 'one with keyPrefix');
  }
  if ((settings.scaleReads ?? 'master') !== 'master' || settings.role === 'slave') {
    // A replica may still hold a session that was ended.
    throw refusal('a client that reads from masters', 'one that reads from replicas');
  }
  return client;
}

function refusal(expected: string, got: string): SessionError {
  return new SessionError('options_invalid', { detail: `${name}: expected ${expected}, got ${got}` });
}

function isIoredis(client: unknown): client is RedisClient {
  const candidate = client as Partial<Record<keyof RedisClient, unknown>> | null | undefined;
  return typeof candidate?.defineCommand === 'function' && typeof candidate.getBuffer === 'function';
}

let hasWarned = false;

/** Our deadline holds with any client, but one that waits for minutes piles up what nobody waits for any more. */
export function warnOfPatience(client: RedisClient): void {
  const { maxRetriesPerRequest: retries, enableOfflineQueue, commandTimeout } = client.options as ClientSettings;
  const waitsLong = retries === null || (retries !== undefined && retries > 3);
  if (hasWarned || !waitsLong || enableOfflineQueue === false || commandTimeout !== undefined) return;
  hasWarned = true;
  warnProcess(
    `The Redis client keeps commands while Redis is away (maxRetriesPerRequest: ${String(retries)}), long after the store ` +
      'has given up: pass { url }, or a client with maxRetriesPerRequest: 1.',
    { code: 'SESSIONKEEPER_REDIS_CLIENT' },
  );
}

/**
 * Left to itself, a client on Sentinel stays with a primary that has been replaced until that is reached and demoted: ten seconds after
 * a switch, and as long as it is cut off from the rest. Meanwhile it reads sessions that were ended, and writes what will be lost.
 * The option makes it leave when the sentinels tell; the client looks at it whenever it connects.
 */
export function followSwitches(client: RedisClient): void {
  const settings = client.options as ClientSettings & { failoverDetector?: boolean };
  if (!settings.sentinels?.length || settings.failoverDetector === true) return;
  settings.failoverDetector = true;
  if (client.status !== 'ready' && client.status !== 'connect') return;
  warnProcess(
    'The Redis client on Sentinel was connected without failoverDetector: true; until it connects anew it would stay for ten ' +
      'seconds or more with a primary that has been replaced. Set that option where the client is made.',
    { code: 'SESSIONKEEPER_REDIS_SENTINEL' },
  );
}
