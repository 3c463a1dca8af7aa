import type { UserKey } from '../../domain/session-id';
import type { SessionRecord } from '../../domain/session-record';
import type { ListPosition, ListQuery } from '../../store/commands';
import type { Context } from '../context';

const atOnce = 100;

export const sessionKinds = ['active', 'expired', 'ended'] as const satisfies readonly ListQuery['kind'][];

/** All that is kept of a user's sessions of one kind, page by page. 1 round trip for each hundred. */
export async function* everySession(
  { store, time }: Context,
  user: UserKey,
  kind: ListQuery['kind'],
): AsyncGenerator<SessionRecord> {
  const at = await time.at();
  let after: ListPosition | null = null;
  do {
    const page: Awaited<ReturnType<typeof store.list>> = await store.list({
      user,
      at,
      kind,
      after,
      limit: atOnce,
      applicationId: null,
    });
    yield* page.records;
    after = page.next;
  } while (after !== null);
}
