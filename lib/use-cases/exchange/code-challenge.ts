import { hash } from 'node:crypto';
import { challengePattern, verifierPattern } from '../../domain/code-verifier';
import { sameBytes } from '../../domain/same-bytes';
import { invalidField } from '../check';

// `plain` is not offered: whoever reads that challenge on its way would hold the verifier.

export function checkChallenge(challenge: unknown): string {
  if (typeof challenge === 'string' && challengePattern.test(challenge)) return challenge;
  throw invalidField('codeChallenge', 'an S256 code challenge (RFC 7636): 43 characters of base64url', challenge);
}

export function checkVerifier(verifier: unknown): string {
  if (typeof verifier === 'string' && verifierPattern.test(verifier)) return verifier;
  throw invalidField(
    'codeVerifier',
    'a code verifier (RFC 7636): 43 to 128 letters, digits, -, ., _ or ~',
    verifier,
  );
}

/** In constant time. */
export function answersChallenge(verifier: string, challenge: string): boolean {
  return sameBytes(Buffer.from(hash('sha256', verifier, 'base64url')), Buffer.from(challenge));
}
