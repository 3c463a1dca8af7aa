import type { GivenLocation } from './location';

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
  readonly location?: GivenLocation | undefined;
}

/** Every {@link DeviceType}. */
export const deviceTypes = [
  'desktop',
  'phone',
  'tablet',
  'tv',
  'console',
  'wearable',
  'bot',
  'other',
  'api',
] as const;

/**
 * What kind of device a client is, as far as it tells. `bot`: one that comes by itself, such as a crawler, and `api`: a program that calls on
 * somebody's behalf, such as curl or OkHttp; of these `browser` is the name.
 */
export type DeviceType = (typeof deviceTypes)[number];

/** Whether no browser or app of a person's is at work. */
export function isProgram({ type }: { readonly type: DeviceType }): boolean {
  return type === 'bot' || type === 'api';
}

/** What a client tells of the device; null where it does not. */
export interface Device {
  readonly browser: string | null;
  readonly browserVersion: string | null;
  readonly os: string | null;
  readonly osVersion: string | null;
  readonly type: DeviceType;
  readonly model: string | null;
}
