import type { Limits } from '../domain/limits';

/** The limits that are configured, in numbers alone; null: none. */
export interface ConfiguredLimits {
  readonly max: number | null;
  readonly application: number | null;
  readonly applications: Readonly<Record<string, number>>;
  readonly deviceTypes: Limits['deviceTypes'];
  readonly precedence: Limits['precedence'];
}

/** The limits of one user; `own` is what the app says of them, unless the store knows better. */
export function limitsOf(configured: ConfiguredLimits, own: number | null): Limits {
  const { max, application, applications, deviceTypes, precedence } = configured;
  return { user: max, own, precedence, application, applications, deviceTypes };
}
