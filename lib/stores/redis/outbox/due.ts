import type { Outbox } from '../../../store/outbox';
import type { Backend } from '../backend';

// So few that others get their turn in between.
const tagsAtOnce = 256;

/** One EXISTS a tag, and one ZCOUNT more where something waits for single sinks; all of a chunk under way at once. */
export async function due(
  backend: Backend,
  { tags, at }: Parameters<Outbox['due']>[0],
): Promise<readonly string[]> {
  const found: string[] = [];
  for (let first = 0; first < tags.length; first += tagsAtOnce) {
    const some = tags.slice(first, first + tagsAtOnce);
    const isDue = await backend.calls.run(() => Promise.all(some.map((tag) => look(backend, tag, at))));
    found.push(...some.filter((_, index) => isDue[index]));
  }
  return found;
}

async function look({ client, keys }: Backend, tag: string, at: number): Promise<boolean> {
  const { letters, later } = keys.outbox(tag);
  if ((await client.exists(letters, later)) === 0) return false;
  const [news, returning] = await Promise.all([
    client.exists(letters),
    client.zcount(later, '-inf', Math.trunc(at)),
  ]);
  return news + returning > 0;
}
