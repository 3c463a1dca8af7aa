import type { DeadLetterView } from '../../domain/dead-letter-view';
import { isoTime } from '../../domain/iso-time';
import { sinkName } from '../../options/audit';
import { refuseUnknown } from '../../options/read-options';
import type { DeadLetter } from '../../store/outbox';
import { checkPageSize, invalidField } from '../check';
import type { Context } from '../context';
import { presentEntry } from '../present-entry';
import type { DeadLetterOptions } from './session-audit';
import { outboxTags } from './tags';

const tagsAtOnce = 64;
// So many of a tag are looked through for those of one sink: all that are kept.
const mostLookedAt = 1_000;

/** The entries given up most lately, of all users. */
export async function readDeadLetters(
  { store }: Context,
  options: DeadLetterOptions,
): Promise<{ readonly data: readonly DeadLetterView[] }> {
  const given = refuseUnknown(options, ['sink', 'limit'], 'audit.deadLetters');
  const sink = readSinkName(given.sink);
  const limit = checkPageSize(given.limit);
  const found: DeadLetter[] = [];
  for (const tags of inPortions(tagsAtOnce)) {
    // Tag by tag: a question about several has its answer tag after tag, and not by time.
    const ask = { limit: sink === null ? limit : mostLookedAt };
    const letters = await Promise.all(tags.map((tag) => store.outbox.deadLetters({ tags: [tag], ...ask })));
    found.push(...letters.flat().filter((letter) => sink === null || letter.sink === sink));
  }
  const newest = found.sort((one, other) => other.diedAt - one.diedAt).slice(0, limit);
  return { data: newest.map(present) };
}

/** Makes dead letters due again. One that dies meanwhile may be among them. */
export async function redeliverDeadLetters(
  { store, time, audit }: Context,
  options: Pick<DeadLetterOptions, 'sink'>,
): Promise<{ readonly count: number }> {
  const { sink: given } = refuseUnknown(options, ['sink'], 'audit.redeliver');
  const sink = readSinkName(given);
  let count = 0;
  for (const tags of inPortions(tagsAtOnce)) {
    const at = await time.at();
    const revived = await Promise.all(
      tags.map(async (tag) => {
        const letters = await store.outbox.revive({ tag, sink, at });
        if (letters > 0) audit?.nudge(tag);
        return letters;
      }),
    );
    count += revived.reduce((sum, letters) => sum + letters, 0);
  }
  return { count };
}

function present({ sink, entry, userId, diedAt, because }: DeadLetter): DeadLetterView {
  return { sink, entry: presentEntry(entry, userId), diedAt: isoTime(diedAt), because };
}

/** Of any sink that there may be: one that is not configured any more may have left some, and other processes may have others. */
function readSinkName(value: unknown): string | null {
  if (value === undefined) return null;
  if (typeof value === 'string' && sinkName.test(value)) return value;
  throw invalidField('sink', 'the name of a sink', value);
}

function inPortions(size: number): (readonly string[])[] {
  const count = Math.ceil(outboxTags.length / size);
  return Array.from({ length: count }, (_, index) => outboxTags.slice(index * size, (index + 1) * size));
}
