import type { Actor } from './actor';
import type { Device } from './client';
import type { EndReason } from './end-reason';
import type { Impersonator } from './impersonator';
import type { Location } from './location';
import type { Risk } from './risk';
import type { Digest } from './secret';
import type { SessionId } from './session-id';

/** The windows of a session in milliseconds, fixed at sign-in: every process judges by these, never by its own options. */
export interface Windows {
  readonly access: number;
  /** null: this session has no refresh tokens; its access token slides on use instead. */
  readonly refresh: number | null;
  readonly idle: number | null;
  readonly grace: number;
}

/** The pair that rotation replaced last, honoured a little longer. */
export interface ParentCredentials {
  readonly accessDigest: Digest;
  readonly accessExpiresAt: number;
  readonly refreshDigest: Digest;
  /** What the winner of the rotation brought; with the parent's secret it derives the successor pair again. */
  readonly nonce: Buffer;
}

/** What the store knows of a session's tokens: digests and times only. */
export interface Credentials {
  /** 16 random bytes that all refresh tokens of one chain of rotations share; forced rotation starts a new one. */
  readonly family: Buffer;
  /** Rotations since the family began. */
  readonly generation: number;
  readonly accessDigest: Digest;
  readonly accessExpiresAt: number;
  /** null exactly when `windows.refresh` is. */
  readonly refreshDigest: Digest | null;
  readonly refreshExpiresAt: number | null;
  /** When the current pair was issued. */
  readonly rotatedAt: number;
  /** When one of the current pair was first presented; null until then. Only told apart while there is a parent. */
  readonly confirmedAt: number | null;
  /** How often the parent was presented again and given the same successor, since the last rotation. */
  readonly repeats: number;
  /** The refresh token was revoked by itself: neither it nor its parent renews anything. */
  readonly refreshRevoked: boolean;
  readonly parent: ParentCredentials | null;
}

/** What the app and the person see of a session and stores never look into. */
export interface Profile {
  readonly userId: string;
  readonly device: Device;
  /** A name the person gave the device. */
  readonly deviceName: string | null;
  readonly deviceId: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly location: Location | null;
  readonly scope: readonly string[];
  /** How the user authenticated: `amr` values (RFC 8176). */
  readonly methods: readonly string[];
  /** Set where an administrator uses the session in the user's place. Such a session counts for no limit and makes room for none. */
  readonly impersonator: Impersonator | null;
  /** What its last judgement found; null where risk is not judged. */
  readonly risk: SessionRisk | null;
}

/** What a session keeps of how it was judged. */
export interface SessionRisk extends Risk {
  /** What callers have been judged already, by the hash of their facts, the latest first: they need no judgement again. At most eight. */
  readonly known: readonly string[];
}

/** Why, when and by whom a session was ended on purpose. */
export interface Ending {
  readonly at: number;
  readonly reason: EndReason;
  readonly actor: Actor;
  /** The device of the sign-in that took the session's place; null where it made room for none. */
  readonly replacedBy: Device | null;
}

/** A session as stores hold it. Times are milliseconds on the store's clock. */
export interface SessionRecord {
  readonly id: SessionId;
  readonly applicationId: string;
  /** Counts amendments; an amendment names the version it was made from. */
  readonly version: number;
  readonly createdAt: number;
  /** When the sign-in began, before the password was read: compared with the user's epoch. */
  readonly startedAt: number;
  readonly authenticatedAt: number;
  readonly lastSeenAt: number;
  readonly absoluteExpiresAt: number;
  readonly remember: boolean;
  readonly trusted: boolean;
  /** Opens nothing but a fresh login until there was one. */
  readonly stepUp: boolean;
  readonly windows: Windows;
  readonly credentials: Credentials;
  readonly profile: Profile;
  /** The app's own JSON; empty once the session has ended. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Set on a tombstone. A record that ran out by time has none. */
  readonly ending: Ending | null;
}
