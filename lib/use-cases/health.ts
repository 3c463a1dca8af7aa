import { performance } from 'node:perf_hooks';
import { SessionError } from '../domain/error';
import type { Context } from './context';
import type { Health } from './outcomes';

export async function readHealth({ store }: Context): Promise<Health> {
  const startedAt = performance.now();
  try {
    await store.ping();
    return { status: 'up', milliseconds: performance.now() - startedAt };
  } catch (cause) {
    const error = cause instanceof SessionError ? cause : new SessionError('store_unavailable', { cause });
    return { status: 'down', error };
  }
}
