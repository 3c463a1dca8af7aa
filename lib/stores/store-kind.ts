import type { SessionStore } from '../store/session-store';
import { MemoryStore } from './memory/memory-store';
import { RedisStore } from './redis/redis-store';

/** What a store is called where it must be a word of few. */
export type StoreKind = 'redis' | 'memory' | 'other';

export function storeKind(store: SessionStore): StoreKind {
  if (store instanceof RedisStore) return 'redis';
  return store instanceof MemoryStore ? 'memory' : 'other';
}
