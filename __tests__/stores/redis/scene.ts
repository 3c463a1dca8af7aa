import { Redis } from 'ioredis';
import type { SessionRecord } from '../../../lib/domain/session-record';
import { userKey } from '../../../lib/domain/session-id';
import { Commands } from '../../../lib/store/conformance/commands';
import { minute, type NewRecord, newRecord, randomUser, start } from '../../../lib/store/conformance/records';
import { RedisStore } from '../../../lib/stores/redis';
import type { RedisIncident } from '../../../lib/stores/redis/incidents';
import { Keys } from '../../../lib/stores/redis/keys';
import { fleetRedisUrl } from '../../fixtures/fleet-stores';
import { freshPrefix, testRedisUrl } from '../../harness/test-redis';

/** A store on a server, a user on it, and a look behind the store's back. */
export interface RedisScene {
  readonly store: RedisStore;
  /** What Redis holds, over another connection. */
  readonly redis: Redis;
  readonly keys: Keys;
  readonly prefix: string;
  readonly commands: Commands;
  readonly userId: string;
  readonly incidents: readonly RedisIncident[];
  signIn(wanted?: Partial<NewRecord>): Promise<SessionRecord>;
  /** Every key of the prefix. */
  keyNames(): Promise<string[]>;
  /** Every key with its value and whether it expires. */
  dump(): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

/** `storeUrl`: where the store goes, if not straight to the server. */
export async function openRedisScene(serverUrl: string, storeUrl: string = serverUrl): Promise<RedisScene> {
  const prefix = freshPrefix();
  const incidents: RedisIncident[] = [];
  // Where nothing is made to fail, a machine busy with other tests must not either.
  const deadline = [testRedisUrl(), fleetRedisUrl()].includes(storeUrl) ? '15s' : '1s';
  const onIncident = (incident: RedisIncident): void => void incidents.push(incident);
  const store = new RedisStore({ url: storeUrl, prefix, deadline, onIncident });
  const redis = new Redis(serverUrl);
  redis.on('error', () => undefined);
  const commands = new Commands((await store.now()) + 5 * minute);
  const userId = randomUser();
  const keyNames = (): Promise<string[]> => redis.keys(`${prefix}:*`);
  return {
    store,
    redis,
    keys: new Keys(prefix),
    prefix,
    commands,
    userId,
    incidents,
    async signIn(wanted = {}) {
      const outcome = await store.create(commands.create(newRecord({ userId, ...wanted })));
      if (outcome.status !== 'created') throw new Error(outcome.status);
      return outcome.record;
    },
    keyNames,
    async dump() {
      const entries = (await keyNames()).sort().map(async (name) => [name, await redis.dump(name)] as const);
      return Object.fromEntries(await Promise.all(entries));
    },
    async close() {
      await store.close();
      redis.disconnect();
    },
  };
}

export function activeQuery(userId: string, at: number) {
  return { user: userKey(userId), at, kind: 'active', after: null, limit: 50, applicationId: null } as const;
}

export function historyQuery(userId: string) {
  return { user: userKey(userId), at: start, after: null, limit: 50 } as const;
}
