import { warnProcess } from '../../domain/process-warning';
import type { RedisClient } from './client';
import { asCluster } from './cluster-client';

interface Server {
  info(section: string): Promise<string>;
}

/**
 * Warns where Redis may evict keys when memory runs out: a lost session signs someone out, a lost epoch or index weakens
 * what `revokeAll` promises (A63). Silent where the server does not tell.
 */
export async function warnUnlessNoEviction(client: RedisClient): Promise<void> {
  const servers: readonly Server[] = asCluster(client)?.nodes('master') ?? [client as RedisClient & Server];
  for (const server of servers) {
    const policy = await server.info('memory').then(policyIn, () => undefined);
    if (policy === undefined || policy === 'noeviction') continue;
    warnProcess(
      `Redis has maxmemory-policy ${policy} and will drop sessions when its memory is full: set it to noeviction.`,
      { code: 'SESSIONKEEPER_REDIS_EVICTION' },
    );
    return;
  }
}

function policyIn(info: string): string | undefined {
  return /^maxmemory_policy:(\S+)/m.exec(info)?.[1];
}
