import type { Device } from './client';
import type { EndReason } from './end-reason';
import type { Location } from './location';
import type { Risk } from './risk';

/**
 * A session as apps and people may see it: never a credential or a digest. Times are ISO 8601 in UTC.
 */
export interface SessionView<Data extends object = Record<string, unknown>> {
  readonly id: string;
  readonly userId: string;
  readonly applicationId: string;
  /** Whether this is the session of the request that asked. */
  readonly current: boolean;
  readonly device: Device & {
    readonly name: string | null;
    /** The same for all sign-ins of one browser or app, as far as it keeps a device id; null where it keeps none. It opens nothing. */
    readonly id: string | null;
  };
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly location: Location | null;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  /** When each limit strikes; null where that limit does not apply. */
  readonly deadlines: {
    readonly access: string;
    readonly refresh: string | null;
    readonly idle: string | null;
    readonly absolute: string;
  };
  readonly remember: boolean;
  readonly trusted: boolean;
  /** Opens nothing until its user has confirmed the login. */
  readonly stepUpRequired: boolean;
  /** What the last judgement found; null where risk is not judged. */
  readonly risk: Risk | null;
  /** How the user authenticated: `amr` values (RFC 8176). */
  readonly methods: readonly string[];
  readonly authenticatedAt: string;
  /** A masked label for logs and support, made from the id, never from a secret. */
  readonly tokenHint: string;
  readonly scope: readonly string[];
  readonly data: Readonly<Partial<Data>>;
  /** Only on a session that an administrator uses in the user's place: who, and why. */
  readonly actor?: { readonly id: string; readonly reason: string };
  /** Only on ended sessions. */
  readonly endedAt?: string;
  /** Only on ended sessions; `expired` where time ended it. */
  readonly reason?: EndReason | 'expired';
  /** Only on ended sessions that another sign-in replaced or evicted: the device of that. */
  readonly replacedBy?: Device;
}

/** The credentials of a session, given out once. Times are ISO 8601 in UTC. */
export interface Tokens {
  readonly accessToken: string;
  /** Absent where refresh tokens are off. */
  readonly refreshToken?: string;
  readonly accessExpiresAt: string;
  readonly refreshExpiresAt?: string;
}

/** One page; `nextCursor` is opaque and null at the end. */
export interface Page<Item> {
  readonly data: readonly Item[];
  readonly nextCursor: string | null;
}
