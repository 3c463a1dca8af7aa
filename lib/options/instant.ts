import { optionError } from './read-options';

const form = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** Milliseconds since the epoch, of a date or a time with its zone. A time without one means another instant on each machine. */
export function readInstant(value: unknown, option: string): number {
  const instant = typeof value === 'string' && form.test(value) ? Date.parse(value) : Number.NaN;
  // The 30th of February is parsed as the 2nd of March.
  if (!Number.isNaN(instant) && isOnCalendar(value as string)) return instant;
  throw optionError(option, "an ISO 8601 date such as '2027-01-31' or time such as '2027-01-31T12:00:00Z'", value);
}

function isOnCalendar(text: string): boolean {
  const date = text.slice(0, 10);
  return new Date(date).toISOString().startsWith(date);
}
