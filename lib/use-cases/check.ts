import { SessionError } from '../domain/error';
import { type UserKey, userKey } from '../domain/session-id';

const maxUserIdBytes = 512;

/** A `request_invalid` error that names the field, what was expected and what kind of thing came. */
export function invalidField(field: string, expected: string, got: unknown): SessionError {
  return new SessionError('request_invalid', {
    field,
    detail: `${field}: expected ${expected}, got ${describeInput(got)}`,
  });
}

/** What came, by kind and size alone: it may be a token in the wrong place (A65), or hold line ends (A66). */
export function describeInput(value: unknown): string {
  if (value === null || value === undefined || Number.isNaN(value)) return String(value);
  if (typeof value === 'string') return `a text of ${value.length} characters`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/** Any text up to the limit may be a user id; keys are made from its hash, so it cannot reach into another's (A59). */
export function checkUserId(userId: unknown, field = 'userId'): UserKey {
  // Lone surrogates all become one replacement character in UTF-8: two users would share their sessions.
  if (
    typeof userId !== 'string' ||
    userId.length === 0 ||
    Buffer.byteLength(userId) > maxUserIdBytes ||
    !userId.isWellFormed()
  ) {
    throw invalidField(field, `1 to ${maxUserIdBytes} bytes of text`, userId);
  }
  return userKey(userId);
}

export function checkText(value: unknown, field: string, maxBytes: number): string {
  if (
    typeof value === 'string' &&
    value.length > 0 &&
    value.isWellFormed() &&
    Buffer.byteLength(value) <= maxBytes
  ) {
    return value;
  }
  throw invalidField(field, `1 to ${maxBytes} bytes of text`, value);
}

/** A list of short words, such as scopes or authentication methods. */
export function checkWords(value: unknown, field: string, maxWords: number): readonly string[] {
  const isWord = (word: unknown): boolean =>
    typeof word === 'string' && /^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/.test(word);
  if (Array.isArray(value) && value.length <= maxWords && value.every(isWord)) return [...(value as string[])];
  throw invalidField(field, `an array of at most ${maxWords} words without spaces`, value);
}

export function checkMilliseconds(value: unknown, field: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(Math.trunc(value)) && value >= 0) return Math.trunc(value);
  throw invalidField(field, 'milliseconds since the epoch', value);
}

export function checkFailures(value: unknown): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw invalidField('failures', 'a whole number of failed logins', value);
}

export function checkPageSize(value: unknown, field = 'limit'): number {
  if (value === undefined) return 50;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 100) return value;
  throw invalidField(field, 'a whole number from 1 to 100', value);
}
