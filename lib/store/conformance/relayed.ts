import { type UserKey, userTag } from '../../domain/session-id';
import type { Letter, Outbox } from '../outbox';
import type { SessionStore } from '../session-store';
import { assertStatus } from './assertions';
import type { Commands } from './commands';

/** The same commands, whose entries are to be relayed. */
export function relaying(commands: Commands): Commands {
  return new Proxy(commands, {
    get(target, name) {
      const make: unknown = Reflect.get(target, name);
      if (typeof make !== 'function') return make;
      return (...args: readonly unknown[]) => relayed<unknown>(Reflect.apply(make, target, args));
    },
  });
}

/** The value, and in it every entry to be relayed. */
export function relayed<Value>(value: Value): Value {
  return mark(value) as Value;
}

function mark(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mark);
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value;
  const members = Object.entries(value).map(([name, member]) => [name, mark(member)] as const);
  return { ...Object.fromEntries(members), ...('relayed' in value && { relayed: true }) };
}

/** What a worker of that name is given; fails where it is not. */
export async function claimed(
  outbox: Outbox,
  user: UserKey,
  at: number,
  { worker = 'a worker', limit = 1_000, until = at + 60_000 } = {},
): Promise<readonly Letter[]> {
  const outcome = await outbox.claim({ tag: userTag(user), worker, at, until, limit });
  assertStatus(outcome, 'claimed');
  return outcome.letters;
}

/** All that is new for sinks, removed from the outbox of this user's tag. */
export async function takeLetters({ outbox }: SessionStore, user: UserKey, at: number): Promise<readonly Letter[]> {
  const letters = await claimed(outbox, user, at);
  const settled = letters.map(({ id }) => id);
  const nothing = { later: [], dead: [], release: true };
  const outcome = await outbox.settle({ tag: userTag(user), worker: 'a worker', at, settled, ...nothing });
  assertStatus(outcome, 'settled');
  return letters;
}
