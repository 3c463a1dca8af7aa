import { sameBytes } from '../../../domain/same-bytes';
import type { ApiSecretSettings } from '../../../options/api-secrets';
import { apiSecretDigest } from '../../../tokens/api-secret';
import type { ShownSecret } from './shown-secret';

/**
 * Which of the configured secrets is shown; undefined: none. All are compared, each in constant time: how long it takes tells neither
 * how much of a guess is right nor which secret it is (ASVS 11.2.4).
 */
export function knownSecret(
  secrets: readonly ApiSecretSettings[],
  { text, id }: ShownSecret,
): ApiSecretSettings | undefined {
  const digest = apiSecretDigest(text);
  if (!digest) return undefined;
  const matching = secrets.filter((secret) => sameBytes(secret.digest, digest));
  return matching.find((secret) => id === undefined || secret.id === id);
}
