import { SessionError } from '../../domain/error';
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
  process.emitWarning(
    `The Redis client keeps commands while Redis is away (maxRetriesPerRequest: ${String(retries)}), long after the store ` +
      'has given up: pass { url }, or a client with maxRetriesPerRequest: 1.',
    { type: 'SessionkeeperWarning', code: 'SESSIONKEEPER_REDIS_CLIENT' },
  );
}
