import { warnProcess } from '../domain/process-warning';
import type { SessionStore } from '../store/session-store';
import { MemoryStore } from './memory/memory-store';
import { RedisStore } from './redis/redis-store';

/** The store that was given, else Redis on `REDIS_URL` where that is set, else memory. */
export function openStore(store: SessionStore | undefined): SessionStore {
  if (store) return store;
  const url = process.env.REDIS_URL;
  if (url) return new RedisStore({ url });
  if (process.env.NODE_ENV === 'production') {
    warnProcess(
      'No store given and REDIS_URL is not set: sessions live in this process alone and end with it. ' +
        'Set REDIS_URL, or pass `store: new MemoryStore()` to say that this is meant.',
      { code: 'SESSIONKEEPER_MEMORY_IN_PRODUCTION' },
    );
  }
  return new MemoryStore();
}
