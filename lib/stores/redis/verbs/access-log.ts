import { type AccessLogOutcome, type AccessLogQuery, mostLookedThrough } from '../../../store/access-log';
import { decodeAccess } from '../access-codec';
import type { Backend } from '../backend';

const partsEach = 3;
const streamId = /^[1-9]\d{0,14}-\d{1,15}$/;

/** One script a page, of both streams. Where it is of one actor, what is looked through comes whole, without calls by nobody, and is sifted here. */
export async function accessLog(
  { scripts, keys, retention }: Backend,
  query: AccessLogQuery,
): Promise<AccessLogOutcome> {
  const { at, after, limit, actor } = query;
  if (after !== null && !streamId.test(after)) return { entries: [], next: null };
  const most = actor === null ? limit : mostLookedThrough;
  const streams = [keys.accessLog(), keys.anonymousAccessLog()];
  // An entry's name begins with its time.
  const oldest = Math.max(0, Math.trunc(at) - retention.accessMilliseconds + 1);
  const reply = await scripts.read('accessLog', streams, [after ?? '', most + 1, actor === null ? 1 : 0, oldest]);
  const seen = Array.from({ length: reply.length / partsEach }, (_, index) => {
    const [name, id, stored] = reply.slice(index * partsEach, (index + 1) * partsEach).map(String);
    return { name: name!, entry: decodeAccess(id!, stored!) };
  });
  const wanted = seen.slice(0, most).filter(({ entry }) => actor === null || entry.actor === actor);
  const page = wanted.slice(0, limit);
  const last = wanted.length > limit ? page.at(-1) : seen.at(most - 1);
  const hasMore = wanted.length > limit || seen.length > most;
  return { entries: page.map(({ entry }) => entry), next: hasMore && last ? last.name : null };
}
