import type { SessionRecord } from '../../../../lib/domain/session-record';
import { Commands } from '../../../../lib/store/conformance/commands';
import { minute, newRecord, randomUser } from '../../../../lib/store/conformance/records';
import { RedisStore } from '../../../../lib/stores/redis';
import type { RedisStoreOptions } from '../../../../lib/stores/redis/options';
import { freshPrefix } from '../../../harness/test-redis';

/** A store that waits for replicas. */
export interface DurableScene {
  readonly store: RedisStore;
  readonly prefix: string;
  readonly commands: Commands;
  /** Each time another user. */
  signIn(): Promise<SessionRecord>;
}

type Source = { readonly url: string } | Pick<Extract<RedisStoreOptions, { readonly client: object }>, 'client'>;

/** Long enough for a busy machine; a test that makes a fault asks for less. */
const patient = { deadline: '15s', timeout: '10s' } as const;

export async function openDurableScene(
  source: Source,
  replicas: number,
  {
    deadline,
    timeout,
  }: { readonly deadline: `${number}s`; readonly timeout: `${number}ms` | `${number}s` } = patient,
  incidents: unknown[] = [],
): Promise<DurableScene> {
  const prefix = freshPrefix();
  const store = new RedisStore({
    ...source,
    prefix,
    deadline,
    durability: { replicas, timeout },
    onIncident: (incident) => void incidents.push(incident),
  });
  const commands = new Commands((await store.now()) + 5 * minute);
  return {
    store,
    prefix,
    commands,
    async signIn() {
      const outcome = await store.create(commands.create(newRecord({ userId: randomUser() })));
      if (outcome.status !== 'created') throw new Error(outcome.status);
      return outcome.record;
    },
  };
}
