import { hash } from 'node:crypto';
import { type Digest, secretBytes } from '../domain/secret';
import { mintSecret } from './mint';
import { readToken, tokenKind, writeToken } from './token-text';

const prefix = 'sas_';
const kind = tokenKind(prefix, secretBytes);

/** A new API secret: what another program shows to the administrators' API. */
export function mintApiSecret(): string {
  return writeToken(kind, mintSecret());
}

/** Whether a text claims to be an API secret, by its prefix alone. */
export function looksLikeApiSecret(text: string | undefined): text is string {
  return text?.startsWith(prefix) === true;
}

/**
 * The digest by which an API secret is known; undefined for what is none. Of the whole text, so that any tool that knows SHA-256
 * gives the same. It takes no slow hash: those are for passwords, and these are 256 random bits, which nobody searches
 * (NIST SP 800-63B section 5.1.2.2 asks for a salted, slow one below 112).
 */
export function apiSecretDigest(secret: unknown): Digest | undefined {
  return readToken(kind, secret) && (hash('sha256', secret as string, 'buffer') as Digest);
}

/** What is configured in a secret's place: `sha256:` and 43 base64url characters. undefined for what is no secret. */
export function apiSecretHash(secret: unknown): string | undefined {
  const digest = apiSecretDigest(secret);
  return digest && `sha256:${digest.toString('base64url')}`;
}
