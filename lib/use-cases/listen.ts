import { describeValue } from '../domain/describe-value';
import { type SessionEventName, sessionEventNames, type SessionListener } from '../events/catalogue';
import { optionError, unknownName } from '../options/read-options';
import type { Context } from './context';

/** @throws SessionError `options_invalid`: a listener of an event that does not exist would never hear of anything */
export function listen<Name extends SessionEventName>(
  { events }: Pick<Context, 'events'>,
  name: Name,
  listener: SessionListener<Name>,
): () => void {
  const asked: unknown = name; // TypeScript checks not every caller
  if (!sessionEventNames.includes(name)) {
    throw unknownName(`on: unknown event ${describeValue(asked)}`, String(asked), sessionEventNames);
  }
  if (typeof listener !== 'function') throw optionError('on', 'a function that hears of the event', listener);
  return events.on(name, listener);
}
