import type { ListPosition, ListQuery } from '../../../store/commands';
import type { ListOutcome } from '../../../store/outcomes';
import type { Backend } from '../backend';
import { idOf, nameOf } from '../keys';
import type { Reply } from '../reply';

const partsEach = 3;

/** One script a page: it walks the index and gives the records with their positions, one more than asked for. */
export async function list({ scripts, keys, records }: Backend, query: ListQuery): Promise<ListOutcome> {
  const { user, at, kind, after, limit, applicationId } = query;
  const reply = await scripts.read(
    'list',
    [keys.index(user)],
    [
      Math.trunc(at),
      kind,
      after ? signed(query, after.score) : '',
      after ? nameOf(after.id) : '',
      limit + 1,
      applicationId ?? '',
    ],
  );
  const page = reply.slice(0, limit * partsEach);
  const withoutScores = page.filter((_, index) => index % partsEach !== 0);
  const hasMore = reply.length > page.length;
  return { records: records.decodePairs(withoutScores), next: hasMore ? lastOf(query, page) : null };
}

function lastOf(query: ListQuery, page: Reply): ListPosition {
  const [score, name] = page.slice(-partsEach);
  return { score: signed(query, Number(score)), id: idOf(String(name))! };
}

/** Tombstones stand in the index by minus the time of their end: the newest first. */
function signed({ kind }: ListQuery, score: number): number {
  return kind === 'ended' ? -score : score;
}
