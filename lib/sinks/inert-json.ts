import { inertText } from '../domain/inert-text';

/** A JSON value with all its text as a log may show it (A66), names excepted: those are this library's. */
export function inertJson(value: unknown): unknown {
  if (typeof value === 'string') return inertText(value);
  if (Array.isArray(value)) return value.map(inertJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, inertJson(member)]));
}
