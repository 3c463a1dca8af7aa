import type { DeviceType } from '../domain/client';
import { applicationLimit, type Limits, type ReachedLimit, userLimit } from '../domain/limits';

/** The limits that are configured, in numbers alone; null: none. */
export interface ConfiguredLimits {
  readonly max: number | null;
  readonly application: number | null;
  readonly applications: Readonly<Record<string, number>>;
  readonly deviceTypes: Limits['deviceTypes'];
  readonly precedence: Limits['precedence'];
}

/** What limits look at in a session. */
export interface CountedSession {
  readonly applicationId: string;
  readonly device: { readonly type: DeviceType };
}

/** The limits of one user; `own` is what the app says of them, unless the store knows better. */
export function limitsOf(configured: ConfiguredLimits, own: number | null): Limits {
  const { max, application, applications, deviceTypes, precedence } = configured;
  return { user: max, own, precedence, application, applications, deviceTypes };
}

/**
 * The narrowest limit that a user's live sessions exceed as they are, with nobody new: by device type, by application, then the
 * user's; null where none does. `stored`: the limit that the store holds for this user.
 */
export function exceededBy(
  sessions: readonly CountedSession[],
  limits: Limits,
  stored: number | null,
): ReachedLimit | null {
  const { application, applications, deviceTypes } = limits;
  // Only what is limited is counted: a user may have thousands of sessions.
  if (Object.keys(deviceTypes).length > 0) {
    const max = exceeded(
      sessions,
      ({ device }) => device.type,
      (type) => deviceTypes[type as DeviceType] ?? null,
    );
    if (max !== null) return { per: 'device-type', max };
  }
  if (application !== null || Object.keys(applications).length > 0) {
    const max = exceeded(
      sessions,
      ({ applicationId }) => applicationId,
      (id) => applicationLimit(limits, id),
    );
    if (max !== null) return { per: 'application', max };
  }
  const max = userLimit(limits, stored);
  return max !== null && sessions.length > max ? { per: 'user', max } : null;
}

/** The limit of the first group that exceeds its own. */
function exceeded(
  sessions: readonly CountedSession[],
  groupOf: (session: CountedSession) => string,
  limitOf: (group: string) => number | null,
): number | null {
  for (const [group, count] of countBy(sessions, groupOf)) {
    const max = limitOf(group);
    if (max !== null && count > max) return max;
  }
  return null;
}

function countBy(
  sessions: readonly CountedSession[],
  groupOf: (session: CountedSession) => string,
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const session of sessions) counts.set(groupOf(session), (counts.get(groupOf(session)) ?? 0) + 1);
  return counts;
}
