import type { DeviceType } from '../domain/client';
import { applicationLimit, type LimitKind, type Limits, type ReachedLimit, userLimit } from '../domain/limits';

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
  const rules: readonly [LimitKind, (session: CountedSession) => string, (name: string) => number | null][] = [
    ['device-type', ({ device }) => device.type, (type) => limits.deviceTypes[type as DeviceType] ?? null],
    ['application', ({ applicationId }) => applicationId, (id) => applicationLimit(limits, id)],
    ['user', () => '', () => userLimit(limits, stored)],
  ];
  for (const [per, groupOf, limitOf] of rules) {
    for (const [name, count] of countBy(sessions, groupOf)) {
      const max = limitOf(name);
      if (max !== null && count > max) return { per, max };
    }
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
