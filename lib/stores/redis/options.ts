import { describeValue } from '../../domain/describe-value';
import { type Duration, durationMilliseconds } from '../../domain/duration';
import { SessionError } from '../../domain/error';
import { optionError, readFunction, refuseUnknown } from '../../options/read-options';
import { readRetention, type RetentionOptions } from '../../options/retention';
import type { Retention } from '../../store/retention';
import type { RedisClient } from './client';
import { checkGivenClient } from './given-client';
import { type DurabilityOptions, type DurabilitySettings, readDurability } from './durability/settings';
import { type IncidentListener, warnOnce } from './incidents';

interface CommonOptions {
  /** What all keys begin with; printable ASCII without braces or spaces. `'sk'` by default. */
  readonly prefix?: string | undefined;
  /** How long one operation may take; then it fails with `store_unavailable`. `'1s'` by default. */
  readonly deadline?: Duration | undefined;
  /** Waits for replicas after each write that ends sessions or tokens, and says in its outcome whether they have it. Off by default. */
  readonly durability?: DurabilityOptions | undefined;
  /** How long each kind of data is kept. */
  readonly retention?: RetentionOptions | undefined;
  /** Called for what the app should know of, besides its errors. By default each kind is a process warning, once. */
  readonly onIncident?: IncidentListener | undefined;
}

/** Either the address of a Redis server, to which the store keeps a connection of its own, or an ioredis client of the app's. */
export type RedisStoreOptions = CommonOptions &
  // undefined is refused at run time: an environment variable has that type
  (
    | { readonly url: string | undefined; readonly client?: undefined }
    | { readonly client: RedisClient; readonly url?: undefined }
  );

export interface RedisSettings {
  readonly source: { readonly url: string } | { readonly client: RedisClient };
  readonly prefix: string;
  readonly deadlineMilliseconds: number;
  readonly durability: DurabilitySettings | undefined;
  readonly retention: Retention;
  readonly onIncident: IncidentListener;
}

const known = ['url', 'client', 'prefix', 'deadline', 'durability', 'retention', 'onIncident'];
const prefixPattern = /^[!-z|~]{1,64}$/;
const shortestDeadline = 10;
const longestDeadline = 60_000;

/** @throws SessionError `options_invalid` */
export function readRedisOptions(options: unknown): RedisSettings {
  const input = refuseUnknown(options, known, 'RedisStore');
  const deadlineMilliseconds = readDeadline(input['deadline']);
  return Object.freeze({
    source: readSource(input),
    prefix: readPrefix(input['prefix']),
    deadlineMilliseconds,
    durability: readDurability(input['durability'], deadlineMilliseconds),
    retention: readRetention(input['retention'], 'RedisStore'),
    onIncident: readFunction<IncidentListener>(input['onIncident'], 'RedisStore.onIncident') ?? warnOnce(),
  });
}

function readSource(input: Record<string, unknown>): RedisSettings['source'] {
  const { url, client } = input;
  if (url !== undefined && client !== undefined) {
    throw new SessionError('options_invalid', { detail: 'RedisStore: expected either url or client, got both' });
  }
  if (client !== undefined) return { client: checkGivenClient(client) };
  if (url === undefined) throw new SessionError('options_invalid', { detail: whyNoSource(input) });
  if (typeof url !== 'string' || !/^rediss?:\/\/[^/]/.test(url)) {
    // A text is not shown: it may hold a password.
    const shown = typeof url === 'string' ? 'another text' : describeValue(url);
    throw new SessionError('options_invalid', {
      detail: `RedisStore.url: expected an address such as 'redis://localhost:6379', got ${shown}`,
    });
  }
  return { url };
}

function whyNoSource(input: object): string {
  return Object.hasOwn(input, 'url')
    ? 'RedisStore.url is undefined: is the environment variable set?'
    : "RedisStore: expected url (such as 'redis://localhost:6379') or client, got neither";
}

function readPrefix(value: unknown): string {
  if (value === undefined) return 'sk';
  if (typeof value !== 'string' || !prefixPattern.test(value)) {
    throw optionError('RedisStore.prefix', '1 to 64 printable ASCII characters without braces or spaces', value);
  }
  return value;
}

function readDeadline(value: unknown): number {
  const milliseconds = durationMilliseconds(value ?? '1s', 'RedisStore.deadline');
  if (milliseconds < shortestDeadline || milliseconds > longestDeadline) {
    throw optionError('RedisStore.deadline', '10ms to 60s', value);
  }
  return milliseconds;
}
