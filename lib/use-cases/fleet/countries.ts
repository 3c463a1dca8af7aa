import type { SessionId } from '../../domain/session-id';
import type { SessionStore } from '../../store/session-store';
import type { Pace } from './pace';
import { patiently } from './patience';

// They share a turn, and leave room for others.
const atOnce = 50;
const unknown = 'unknown';

/** From where these sessions are used, as their records tell; scaled up to `total` where they are not all. */
export async function countCountries(
  store: SessionStore,
  ids: readonly SessionId[],
  total: number,
  pace: Pace,
): Promise<Readonly<Record<string, number>>> {
  const counts = new Map<string, number>();
  let found = 0;
  for (let first = 0; first < ids.length; first += atOnce) {
    const some = ids.slice(first, first + atOnce);
    const look = () => pace.after(() => Promise.all(some.map((id) => store.find(id))));
    const records = await patiently(look, pace.closing);
    for (const record of records) {
      if (!record || record.ending) continue;
      const country = record.profile.location?.country ?? unknown;
      counts.set(country, (counts.get(country) ?? 0) + 1);
      found += 1;
    }
  }
  const scale = ids.length < total && found > 0 ? total / found : 1;
  return Object.fromEntries([...counts].map(([country, count]) => [country, Math.round(count * scale)]));
}
