import type { Location } from './location';

/** Plain facts about the caller, as the transport saw them. `http/` fills this in; other callers may too. */
export interface Client {
  /** The caller's address, after any trusted proxy. */
  readonly ip?: string | undefined;
  readonly userAgent?: string | undefined;
  /** A random id that the device keeps across sign-ins; it opens nothing. */
  readonly deviceId?: string | undefined;
  /** The `Sec-CH-UA*` request headers, by lower-case name. */
  readonly hints?: Readonly<Record<string, string>> | undefined;
  /** Where the caller is, as far as the app knows it, such as from a header of its CDN. */
  readonly location?: Partial<Location> | undefined;
}

/** Every {@link DeviceType}. */
export const deviceTypes = ['desktop', 'phone', 'tablet', 'tv', 'console', 'wearable', 'bot', 'other'] as const;

/** What kind of device a user agent speaks of. */
export type DeviceType = (typeof deviceTypes)[number];

/** What a user agent tells of the device; null where it does not. */
export interface Device {
  readonly browser: string | null;
  readonly browserVersion: string | null;
  readonly os: string | null;
  readonly osVersion: string | null;
  readonly type: DeviceType;
  readonly model: string | null;
}
