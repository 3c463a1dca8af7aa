import { isoTime } from '../domain/iso-time';
import type { Secret } from '../domain/secret';
import type { SessionRecord } from '../domain/session-record';
import type { Tokens } from '../domain/session-view';
import type { NewKeys } from '../store/commands';
import { writeAccessToken } from '../tokens/access-token';
import { digestOf } from '../tokens/digest';
import { mintFamily, mintSecret } from '../tokens/mint';
import { writeRefreshToken } from '../tokens/refresh-token';

/** The secrets of a pair; no refresh secret where refresh tokens are off. */
export interface PairSecrets {
  readonly access: Secret;
  readonly refresh: Secret | null;
}

/** Fresh random secrets and what the store is told of them. */
export interface MintedPair {
  readonly secrets: PairSecrets;
  readonly keys: NewKeys;
}

export function mintPair(withRefresh: boolean): MintedPair {
  const secrets = { access: mintSecret(), refresh: withRefresh ? mintSecret() : null };
  const keys = {
    family: mintFamily(),
    accessDigest: digestOf(secrets.access),
    refreshDigest: secrets.refresh && digestOf(secrets.refresh),
  };
  return { secrets, keys };
}

/**
 * A pair just minted as text, under its own family: should the session have moved on before the reply came, these tokens are
 * merely invalid, and never taken for ones that the store has lost.
 */
export function writeNewTokens(record: SessionRecord, { secrets, keys }: MintedPair): Tokens {
  const credentials = { ...record.credentials, family: keys.family, generation: 0 };
  return writeTokens({ ...record, credentials }, secrets);
}

/** A session's current pair as text. */
export function writeTokens({ id, credentials }: SessionRecord, { access, refresh }: PairSecrets): Tokens {
  const { family, generation, accessExpiresAt, refreshExpiresAt } = credentials;
  const accessToken = writeAccessToken({ id, secret: access });
  if (refresh === null || refreshExpiresAt === null)
    return { accessToken, accessExpiresAt: isoTime(accessExpiresAt) };
  return {
    accessToken,
    refreshToken: writeRefreshToken({ id, family, generation, secret: refresh }),
    accessExpiresAt: isoTime(accessExpiresAt),
    refreshExpiresAt: isoTime(refreshExpiresAt),
  };
}
