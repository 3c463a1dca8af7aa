import { hash, randomBytes } from 'node:crypto';
import { parse, v4, validate } from 'uuid';

declare const sessionIdBrand: unique symbol;
declare const userKeyBrand: unique symbol;

/**
 * A session's public id: a random UUID whose first 12 bits are a hash of the user id, so that everything of one user
 * can live in one Redis Cluster slot and a token alone is enough to find it. Never a credential.
 */
export type SessionId = string & { readonly [sessionIdBrand]: true };

/** A user id as stores use it in keys: fixed length and harmless, whatever the user id holds. */
export type UserKey = string & { readonly [userKeyBrand]: true };

/** Base64url characters of a {@link UserKey}: 132 bits of the user id's SHA-256. */
export const userKeyLength = 22;

/** The three hexadecimal digits (12 bits) that a user's session ids and keys share. */
export function userTag(key: UserKey): string {
  return Buffer.from(key.slice(0, 4), 'base64url').toString('hex').slice(0, 3);
}

export function userKey(userId: string): UserKey {
  return hash('sha256', userId, 'base64url').slice(0, userKeyLength) as UserKey;
}

export function mintSessionId(userId: string): SessionId {
  const random = randomBytes(16);
  const tag = Number.parseInt(userTag(userKey(userId)), 16);
  random[0] = tag >> 4;
  random[1] = ((tag & 0x0f) << 4) | (random[1]! & 0x0f);
  return v4({ random }) as SessionId;
}

/** The three digits by which a session's keys are found, from the id alone. */
export function sessionTag(id: SessionId): string {
  return id.slice(0, 3);
}

/** A session id from outside, in its one canonical spelling; undefined for anything else. */
export function parseSessionId(text: unknown): SessionId | undefined {
  return typeof text === 'string' && validate(text) && text === text.toLowerCase()
    ? (text as SessionId)
    : undefined;
}

export function sessionIdBytes(id: SessionId): Uint8Array {
  return parse(id);
}

/** The id in the first 16 bytes; undefined where they are not the bits of a random UUID: nobody minted them here. */
export function sessionIdFromBytes(bytes: Buffer): SessionId | undefined {
  if (bytes.length < 16 || bytes[6]! >> 4 !== 4 || bytes[8]! >> 6 !== 2) return undefined;
  // Not the uuid package's `stringify`, which takes twice as long: this is done for every request.
  const digits = bytes.toString('hex', 0, 16);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}` as SessionId;
}
