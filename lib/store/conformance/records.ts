import { randomBytes } from 'node:crypto';
import type { DeviceType } from '../../domain/client';
import type { Impersonator } from '../../domain/impersonator';
import type { Location } from '../../domain/location';
import { type Digest, digestBytes, familyBytes } from '../../domain/secret';
import { mintSessionId, userKey, userTag } from '../../domain/session-id';
import type { SessionRecord } from '../../domain/session-record';

export const second = 1_000;
export const minute = 60 * second;
export const day = 1_440 * minute;

/** When the tests begin. Far from the store's own clock: everything is judged by the time that commands bring. */
export const start = Date.UTC(2026, 0, 1);

export function randomDigest(): Digest {
  return randomBytes(digestBytes) as Digest;
}

export function randomUser(): string {
  return `user-${randomBytes(9).toString('base64url')}`;
}

/** Another user whose ids share their first digits with this one's: only a comparison of owners tells their sessions apart. */
export function neighbourOf(userId: string): string {
  const tag = userTag(userKey(userId));
  for (let count = 0; ; count++) {
    const other = `${userId}, ${count}`;
    if (userTag(userKey(other)) === tag) return other;
  }
}

export interface NewRecord {
  readonly userId: string;
  /** When the sign-in is stored; `start`. */
  readonly at?: number;
  readonly startedAt?: number;
  /** Windows in milliseconds. */
  readonly access?: number;
  /** null: without refresh tokens. */
  readonly refresh?: number | null;
  readonly idle?: number | null;
  readonly absolute?: number;
  readonly applicationId?: string;
  /** `desktop` */
  readonly type?: DeviceType;
  /** A device of its own; null: none is known. */
  readonly deviceId?: string | null;
  readonly location?: Location;
  /** Used by an administrator in the user's place. */
  readonly impersonator?: Impersonator;
  readonly trusted?: boolean;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** The record of a sign-in, with random credentials. */
export function newRecord(wanted: NewRecord): SessionRecord {
  const { userId, at = start, access = 15 * minute, refresh = 60 * minute, absolute = 90 * day } = wanted;
  const absoluteExpiresAt = at + absolute;
  return {
    id: mintSessionId(userId),
    applicationId: wanted.applicationId ?? 'web',
    version: 0,
    createdAt: at,
    startedAt: wanted.startedAt ?? at,
    authenticatedAt: at,
    lastSeenAt: at,
    absoluteExpiresAt,
    remember: false,
    trusted: wanted.trusted ?? false,
    stepUp: false,
    windows: { access, refresh, idle: wanted.idle ?? null, grace: 10 * second },
    credentials: {
      family: randomBytes(familyBytes),
      generation: 0,
      accessDigest: randomDigest(),
      accessExpiresAt: Math.min(at + access, absoluteExpiresAt),
      refreshDigest: refresh === null ? null : randomDigest(),
      refreshExpiresAt: refresh === null ? null : Math.min(at + refresh, absoluteExpiresAt),
      rotatedAt: at,
      confirmedAt: null,
      repeats: 0,
      refreshRevoked: false,
      parent: null,
    },
    profile: {
      userId,
      device: {
        browser: 'Firefox',
        browserVersion: '140.0',
        os: 'Linux',
        osVersion: null,
        type: wanted.type ?? 'desktop',
        model: null,
      },
      deviceName: null,
      location: wanted.location ?? null,
      risk: null,
      impersonator: wanted.impersonator ?? null,
      deviceId: wanted.deviceId === undefined ? randomBytes(16).toString('base64url') : wanted.deviceId,
      ip: '2001:db8::1',
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      scope: ['profile', 'orders'],
      methods: ['pwd'],
    },
    data: wanted.data ?? { theme: 'dark' },
    ending: null,
  };
}
