export type { DurabilityOptions } from './durability/settings';
export type { IncidentListener, RedisIncident } from './incidents';
export type { RedisStoreOptions } from './options';
export { RedisStore } from './redis-store';
