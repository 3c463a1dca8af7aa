import type { RedisClient } from './client';

interface Whereabouts {
  readonly host?: string;
  readonly port?: number;
  readonly path?: string;
  readonly name?: string;
  readonly sentinels?: readonly unknown[] | null;
}

/** Where a client goes, as a log may show it: never with the user or the password. */
export function serverAddress({ options }: RedisClient): string {
  const { host, port, path, name, sentinels } = options as Whereabouts;
  if (sentinels?.length) return `${name ?? 'the master'} (by Sentinel)`;
  if (path) return path;
  if (host === undefined) return 'the cluster';
  return `${host.includes(':') ? `[${host}]` : host}:${port ?? 6379}`;
}
