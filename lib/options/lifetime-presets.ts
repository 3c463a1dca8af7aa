import { optionError } from './read-options';

/** The reauthentication limits of an assurance level of NIST SP 800-63B-4 (sections 2.1.3, 2.2.3 and 2.3.3). */
export type LifetimePreset = 'nist-aal1' | 'nist-aal2' | 'nist-aal3';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The longest that a preset allows, in milliseconds; null where it sets no limit. */
export const presetLimits: Readonly<
  Record<LifetimePreset, { readonly absolute: number; readonly idle: number | null }>
> = {
  'nist-aal1': { absolute: 30 * day, idle: null },
  'nist-aal2': { absolute: day, idle: hour },
  'nist-aal3': { absolute: 12 * hour, idle: 15 * minute },
};

export function readPreset(value: unknown): LifetimePreset | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || !Object.hasOwn(presetLimits, value)) {
    throw optionError('lifetimes.preset', "'nist-aal1', 'nist-aal2' or 'nist-aal3'", value);
  }
  return value as LifetimePreset;
}
