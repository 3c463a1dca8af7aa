import { hash } from 'node:crypto';
import type { AdminScope } from '../domain/admin-scope';
import { SessionError } from '../domain/error';
import type { Digest } from '../domain/secret';
import { readAdminScopes } from './admin-scopes';
import { readInstant } from './instant';
import { optionError, refuseUnknown } from './read-options';

/** An API secret as it is configured: everything but the secret itself. `npx sessionkeeper secret` makes both. */
export interface ApiSecret {
  /** 1 to 64 letters, digits, dots, hyphens and underscores. It stands in the access log, and is the user name of Basic. */
  readonly id: string;
  /** `sha256:` and 43 base64url characters. */
  readonly hash: string;
  readonly scopes: readonly AdminScope[];
  /** ISO 8601: a date, which begins in UTC, or a time with its zone. It is refused from then on; never unless given. */
  readonly expiresAt?: string | undefined;
}

/** The same, parsed. */
export interface ApiSecretSettings {
  readonly id: string;
  readonly digest: Digest;
  readonly scopes: readonly AdminScope[];
  /** Milliseconds since the epoch; Infinity: never. */
  readonly expiresAt: number;
}

const names = ['id', 'hash', 'scopes', 'expiresAt'];
const hashForm = /^sha256:([A-Za-z0-9_-]{43})$/;
const secretPrefix = 'sas_';
const known = "what `npx sessionkeeper secret` prints, such as 'sha256:' and 43 characters";

/** @throws SessionError `options_invalid`. A hash is never shown, and a secret in its place even less (A65). */
export function readApiSecrets(value: unknown, where: string): readonly ApiSecretSettings[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw optionError(where, 'an array of at least one secret (`npx sessionkeeper secret` makes one)', value);
  }
  const secrets = value.map((secret: unknown, index) => readApiSecret(secret, `${where}[${index}]`));
  for (const [index, secret] of secrets.entries())
    refuseTwin(secret, secrets.slice(0, index), `${where}[${index}]`);
  return Object.freeze(secrets);
}

export function readSecretId(value: unknown, option: string): string {
  const isSecret = typeof value === 'string' && value.startsWith(secretPrefix);
  if (typeof value === 'string' && /^[\w.-]{1,64}$/.test(value) && !isSecret) return value;
  throw optionError(
    option,
    'a name of 1 to 64 letters, digits, dots, hyphens and underscores',
    isSecret ? undefined : value,
  );
}

function readApiSecret(value: unknown, where: string): ApiSecretSettings {
  if (value === undefined) throw optionError(where, 'an object', value);
  const given = refuseUnknown(value, names, where);
  return Object.freeze({
    id: readSecretId(given.id, `${where}.id`),
    digest: readHash(given.hash, `${where}.hash`),
    scopes: readAdminScopes(given.scopes, `${where}.scopes`),
    expiresAt: given.expiresAt === undefined ? Infinity : readInstant(given.expiresAt, `${where}.expiresAt`),
  });
}

function readHash(value: unknown, option: string): Digest {
  if (typeof value !== 'string') throw optionError(option, known, value);
  const body = hashForm.exec(value)?.[1];
  const digest = body === undefined ? undefined : Buffer.from(body, 'base64url');
  // Two texts for one digest would let a secret stand twice.
  if (digest && digest.toString('base64url') === body) return digest as Digest;
  throw new SessionError('options_invalid', {
    detail: value.trim().startsWith(secretPrefix)
      ? `${option}: expected the hash of the secret, got the secret itself; configure '${hashOf(value.trim())}', and give the secret to its caller alone`
      : `${option}: expected ${known}, got a text of ${value.length} characters`,
  });
}

function hashOf(secret: string): string {
  return `sha256:${hash('sha256', secret, 'base64url')}`;
}

function refuseTwin({ id, digest }: ApiSecretSettings, others: readonly ApiSecretSettings[], where: string): void {
  if (others.some((other) => other.id === id)) {
    throw new SessionError('options_invalid', {
      detail: `${where}.id: '${id}' is taken; each secret has an id of its own`,
    });
  }
  const twin = others.find((other) => other.digest.equals(digest));
  if (!twin) return;
  throw new SessionError('options_invalid', {
    detail: `${where}.hash: it is that of '${twin.id}' too; each secret has a hash of its own`,
  });
}
