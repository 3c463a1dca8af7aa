import { clientMark } from '../../device/client-mark';
import type { Client } from '../../domain/client';
import type { SessionRecord } from '../../domain/session-record';
import type { AddressPrivacy } from '../../options/privacy';
import { isKnown } from './known-callers';

/** Somebody who uses a session and was not judged yet. */
export interface ChangedCaller {
  readonly client: Client;
  readonly mark: string;
}

/**
 * Whether a use has to be judged: only where whoever makes it is not known to the session by address and user agent. Costs a hash. An
 * administrator who acts for the user is no change of the user's.
 */
export function changedCaller(
  record: SessionRecord,
  client: Client | undefined,
  privacy: AddressPrivacy,
): ChangedCaller | undefined {
  if (client === undefined || record.profile.impersonator) return undefined;
  const mark = clientMark(record.id, client, privacy);
  return isKnown(record, mark) ? undefined : { client, mark };
}
