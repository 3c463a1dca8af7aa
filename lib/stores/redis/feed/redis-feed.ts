import { userKey } from '../../../domain/session-id';
import type { Feed, FeedItem } from '../../../store/outbox';
import type { Backend } from '../backend';
import { decodeLetter, encodeLetter } from '../outbox/letter-codec';
import { bytesOf } from '../reply';

const partsEach = 2;
const streamId = /^\d{1,15}-\d{1,15}$/;
const nobody = userKey('');

/** The feed across users, a stream in one slot. 1 round trip each. */
export function redisFeed(backend: Backend): Feed {
  return Object.freeze<Feed>({
    append: (command) => append(backend, command),
    read: (query) => read(backend, query),
  });
}

async function append({ scripts, keys }: Backend, command: Parameters<Feed['append']>[0]): Promise<void> {
  const { entries, at, most } = command;
  if (entries.length === 0) return;
  const letters = entries.flatMap((item) => [item.entry.id, encodeItem(item)]);
  await scripts.read('appendFeed', [keys.feed()], [Math.trunc(at), most, ...letters]);
}

async function read(
  { scripts, keys }: Backend,
  { after, limit }: Parameters<Feed['read']>[0],
): Promise<{ readonly items: readonly FeedItem[]; readonly next: string | null }> {
  if (after !== null && !streamId.test(after)) return { items: [], next: after };
  const reply = await scripts.read('readFeed', [keys.feed()], [after ?? '', limit]);
  const items: FeedItem[] = [];
  for (let i = 1; i < reply.length; i += partsEach) {
    const letter = decodeLetter(bytesOf(reply[i]));
    if (letter) items.push({ entry: letter.entry, userId: letter.userId });
  }
  return { items, next: reply.length === 0 ? after : String(reply[reply.length - partsEach]) };
}

function encodeItem({ entry, userId }: FeedItem): Buffer {
  return encodeLetter({ user: userId === null ? nobody : userKey(userId), entry, userId });
}
