import { sameBytes } from './same-bytes';
import type { Digest } from './secret';
import type { SessionRecord } from './session-record';

/** Whether an access token is the session's current one or its parent, whatever their deadlines. */
export function holdsAccess({ credentials }: SessionRecord, digest: Digest): boolean {
  return sameBytes(digest, credentials.accessDigest) || sameBytes(digest, credentials.parent?.accessDigest);
}
