import type { Duration } from '../../../lib/domain/duration';

/** How an app process reaches Redis: through proxies of its own. */
export type Connection =
  | { readonly kind: 'standalone'; readonly url: string }
  | {
      readonly kind: 'sentinel';
      readonly sentinels: readonly Address[];
      readonly name: string;
      readonly natMap: NatMap;
    }
  | { readonly kind: 'cluster'; readonly nodes: readonly Address[]; readonly natMap: NatMap };

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** The address to use instead, by `host:port`. */
export type NatMap = Readonly<Record<string, Address>>;

/** The promises that a store can be made to break; see `broken-stores.js`. */
export type Broken =
  'forgetful-revoke' | 'trusting-rotate' | 'uncounted-create' | 'unforgiving-rotate' | 'deaf-cache';

/** What `server.js` is told, as JSON. */
export interface AppSettings {
  readonly connection: Connection;
  readonly grace: Duration;
  readonly access: Duration;
  readonly deadline: Duration;
  readonly durability: { readonly replicas: number; readonly timeout: Duration } | null;
  readonly nearCache: { readonly maxEntries: number; readonly maxStale: Duration } | null;
  readonly broken: Broken | null;
}
