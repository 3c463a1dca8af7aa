import type { Letter, SettleOutbox } from '../../store/outbox';
import type { Outlet, Undelivered } from './outlet';
import { pauseBeforeDelivery } from '../../policies/delivery-schedule';

/** What a round leaves to be settled. */
export type RoundResult = Pick<SettleOutbox, 'settled' | 'later' | 'dead'>;

/**
 * Delivers the letters of one tag to all sinks at the same time, to each in order. What one of them has not got is told apart for that
 * sink alone: the others have it.
 */
export async function deliverRound(
  letters: readonly Letter[],
  outlets: ReadonlyMap<string, Outlet>,
  cut: AbortSignal,
): Promise<readonly Undelivered[]> {
  const rounds = [...outlets].map(([name, outlet]) => {
    const addressed = letters.filter(({ sink }) => sink === null || sink === name);
    return outlet.deliver(addressed, cut);
  });
  return [...(await Promise.all(rounds)).flat(), ...unknownTo(letters, outlets)];
}

/** As the store wants it: when what comes later is due, and how often it has failed by now. */
export function settlementOf(
  letters: readonly Letter[],
  undelivered: readonly Undelivered[],
  at: number,
): RoundResult {
  const left = undelivered.map((one) => ({ ...one, letter: withFailure(one) }));
  return {
    settled: letters.map(({ id }) => id),
    later: left.flatMap(({ letter, sink, pause }) => (pause === null ? [] : [{ letter, sink, dueAt: at + pause }])),
    dead: left.flatMap(({ letter, sink, pause, because }) => (pause === null ? [{ letter, sink, because }] : [])),
  };
}

/** A sink that this process does not have: another one may, while a new version is being rolled out. */
function unknownTo(letters: readonly Letter[], outlets: ReadonlyMap<string, Outlet>): Undelivered[] {
  return letters.flatMap((letter) => {
    const { sink, attempts } = letter;
    if (sink === null || outlets.has(sink)) return [];
    const pause = pauseBeforeDelivery(attempts + 1, Math.random());
    return [{ letter, sink, pause, because: 'no sink of this name is configured', counts: true }];
  });
}

function withFailure({ letter, counts }: Undelivered): Letter {
  return counts ? { ...letter, attempts: letter.attempts + 1 } : letter;
}
