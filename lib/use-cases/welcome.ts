import type { SessionRecord } from '../domain/session-record';
import type { CreateOutcome as Stored } from '../store/outcomes';
import type { Context } from './context';
import { systemActor } from './ending';
import { writeTokens } from './issued-tokens';
import type { MintedPair } from './issued-tokens';
import type { CreateOutcome } from './outcomes';
import { presentEnded, presentSession } from './present';

type Created = Extract<CreateOutcome, { readonly status: 'created' }>;

/** Tells of a sign-in that succeeded, and hands out its tokens. */
export function welcome(
  context: Context,
  { record, ended, endedCount, others }: Extract<Stored, { readonly status: 'created' }>,
  { secrets }: MintedPair,
): Created {
  const session = presentSession(record, true);
  context.events.emit('session.created', { session });
  announce(context, ended);
  // Where more made room than leave tombstones, nobody knows the others any more but by their number.
  const silent = endedCount - ended.length;
  if (silent > 0) {
    context.events.emit('sessions.ended', {
      userId: session.userId,
      count: silent,
      reason: 'evicted',
      actor: systemActor,
      durable: true,
    });
  }
  const evicted = silent + ended.filter(({ ending }) => ending?.reason === 'evicted').length;
  if (others + evicted > 0) context.events.emit('login.concurrent', { session, others: others + evicted });
  return {
    status: 'created',
    session,
    tokens: writeTokens(record, secrets),
    ended: ended.map((one) => presentEnded(one)),
  };
}

/** Tells of each session that made way. A sign-in waits for no replica: a failover that loses their end loses it with them. */
export function announce({ events }: Context, ended: readonly SessionRecord[]): void {
  for (const record of ended) {
    const { reason, actor } = record.ending ?? { reason: 'evicted', actor: systemActor };
    events.emit('session.ended', { session: presentEnded(record), reason, actor, durable: true });
  }
}
