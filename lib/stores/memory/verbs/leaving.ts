import type { UserKey } from '../../../domain/session-id';
import type { Create } from '../../../store/creation';
import type { Entry } from '../entry';
import type { Leaving } from '../farewells';
import { holdsDigest } from '../holds-digest';
import { isLive } from '../liveness';
import type { Memory } from '../memory';

/** The live sessions that a sign-in was told to replace. */
export function replacedBy(memory: Memory, user: UserKey, { replaces, replacing, at }: Create): Leaving[] {
  return replaces.flatMap(({ id, digest }) => {
    const entry = memory.find(id);
    if (entry?.user !== user || !isLive(entry.record, at)) return [];
    return holdsDigest(entry.record.credentials, digest) ? [{ entry, farewell: replacing }] : [];
  });
}

/** Those of its own device in the same application. */
export function ofItsDevice(live: readonly Entry[], command: Create): Leaving[] {
  const { record, replacing: farewell } = command;
  const { deviceId } = record.profile;
  if (!command.replacesDevice || deviceId === null) return [];
  return live.flatMap((entry) => {
    const { applicationId, profile } = entry.record;
    const isSame = profile.deviceId === deviceId && applicationId === record.applicationId;
    return isSame ? [{ entry, farewell }] : [];
  });
}

/** By their ids: how it ends is what came first. */
export function eachOnce(leaving: readonly Leaving[]): Leaving[] {
  const byId = new Map([...leaving].reverse().map((one) => [one.entry.record.id, one]));
  return [...new Set(leaving.map(({ entry }) => entry.record.id))].map((id) => byId.get(id)!);
}
