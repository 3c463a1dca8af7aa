import type { FleetEndingView } from '../../../lib/domain/fleet-ending-view';
import type { SessionManager } from '../../../lib/session-manager';
import { type SessionBench, type SignedIn, signedIn } from '../../fixtures/session-bench';
import { waitUntil } from '../../harness/wait-until';

// A store in this process has only so long for all that is asked of it at once.
const atOnce = 5;

/** For how long nobody else goes on. */
export const leaseMilliseconds = 15_000;

export const admin = { type: 'admin', id: 'root' } as const;

/** So many users, each with a number of sessions of their own. */
export async function signInCrowd(
  sessions: SessionManager,
  bench: SessionBench,
  sizes: readonly number[],
): Promise<SignedIn[]> {
  const userIds = sizes.flatMap((size) => {
    const userId = bench.newUser();
    return Array.from({ length: size }, () => userId);
  });
  const made: SignedIn[] = [];
  for (let first = 0; first < userIds.length; first += atOnce) {
    const some = userIds.slice(first, first + atOnce);
    made.push(...(await Promise.all(some.map((userId) => signedIn(sessions, { userId })))));
  }
  return made;
}

/** The dry run and its confirmation, given out to the administrator. */
export async function confirmed(sessions: SessionManager): Promise<string> {
  return (await sessions.fleet.prepareEnding({ actor: admin })).confirmation;
}

export async function begun(sessions: SessionManager, confirmation: string): Promise<FleetEndingView> {
  const outcome = await sessions.fleet.endAll(confirmation, { actor: admin });
  if (outcome.status !== 'started') throw new Error(outcome.status);
  return outcome.ending;
}

/** The ending once it has finished. */
export async function finished(sessions: SessionManager): Promise<FleetEndingView> {
  let view: FleetEndingView | undefined;
  await waitUntil(
    'everybody is signed out',
    async () => {
      view = await sessions.fleet.progress();
      return view?.status === 'finished';
    },
    30_000,
  );
  return view!;
}

/** The nth call of a verb never comes back, as that of a process that has died. Gives what lets it come back after all. */
export function stopAt(
  bench: SessionBench,
  verb: 'saveFleetEnding' | 'revokeAll' | 'raiseFloor' | 'survey' | 'close',
  nth: number,
  when: 'before' | 'behind' | 'instead',
): () => void {
  let goOn = (): void => undefined;
  const stopped = new Promise<void>((resolve) => (goOn = resolve));
  for (let passing = 1; passing < nth; passing++) bench.store.interceptNext(verb, (proceed) => proceed());
  bench.store.interceptNext(verb, async (proceed) => {
    if (when === 'instead') return undefined;
    if (when === 'before') await stopped;
    const answer = await proceed();
    await stopped;
    return answer;
  });
  return goOn;
}
