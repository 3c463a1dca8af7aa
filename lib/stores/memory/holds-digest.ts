import { sameBytes } from '../../domain/same-bytes';
import type { Digest } from '../../domain/secret';
import type { Credentials } from '../../domain/session-record';

/** Whether it is the digest of any token of the session, current or parent. */
export function holdsDigest({ parent, ...current }: Credentials, digest: Digest): boolean {
  const held = [current.accessDigest, current.refreshDigest, parent?.accessDigest, parent?.refreshDigest];
  return held.some((candidate) => sameBytes(digest, candidate));
}
