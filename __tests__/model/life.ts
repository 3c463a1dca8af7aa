import fc from 'fast-check';
import type { Duration } from '../../lib/domain/duration';
import type { SessionManager } from '../../lib/session-manager';
import type { FakeClock } from '../harness/clock';
import type { IssuedPair, ReferenceLife } from './reference-life';
import type { ReferenceSession, Rules } from './reference-session';

/** The lifetimes that one run is about. */
export interface Terms {
  readonly accessToken: Duration;
  readonly refreshToken: Duration | false;
  readonly idle: Duration | undefined;
  readonly absolute: Duration;
  readonly grace: Duration;
}

/** The library under test: two processes, of which the second has other options, on one store and one clock. */
export interface RealLife {
  readonly processes: readonly [SessionManager, SessionManager];
  readonly time: FakeClock;
  /** The same user ids in every run, yet nobody's but this run's. */
  readonly nameOf: (user: string) => string;
  readonly rulesFor: (remember: boolean) => Rules;
}

export type LifeCommand = fc.AsyncCommand<ReferenceLife, RealLife>;

/** Which process serves a command. */
export const process = fc.constantFrom<0 | 1>(0, 1);
/** Mostly one of the latest: what happened long ago is soon all alike. */
export const choice = fc.oneof({ weight: 4, arbitrary: fc.nat({ max: 2 }) }, fc.nat({ max: 1_000 }));

export function chosen<Item>(items: readonly Item[], index: number): Item {
  return items[items.length - 1 - (index % items.length)]!;
}

interface Definition<Params> {
  readonly name: string;
  readonly params: fc.Arbitrary<Params>;
  /** What must be there already. */
  readonly needs?: 'a session' | 'a pair' | 'a refresh token';
  run(reference: ReferenceLife, real: RealLife, params: Params): Promise<void>;
}

/** A command that fast-check can print, shrink and run; what it leaves to be written is written before the next. */
export function command<Params>({ name, params, needs, run }: Definition<Params>): fc.Arbitrary<LifeCommand> {
  return params.map((value) => ({
    check: (reference) => isThere(reference, needs),
    run: async (reference, real) => {
      await run(reference, real, value);
      for (const sessions of real.processes) await sessions.flush();
    },
    toString: () => `${name} ${fc.stringify(value)}`,
  }));
}

function isThere({ sessions, pairs }: Readonly<ReferenceLife>, needs: Definition<never>['needs']): boolean {
  if (needs === 'a session') return sessions.length > 0;
  if (needs === 'a pair') return pairs.length > 0;
  return needs === undefined || pairs.some(({ refreshToken }) => refreshToken !== undefined);
}

export function refreshable(pairs: readonly IssuedPair[]): (IssuedPair & { refreshToken: string })[] {
  return pairs.filter((pair): pair is IssuedPair & { refreshToken: string } => pair.refreshToken !== undefined);
}

/** An outcome in the words of the reference. */
export function worded(outcome: { status: string; reason?: string; error?: { code: string } }): string {
  if (outcome.status === 'revoked') return `revoked: ${outcome.reason}`;
  if (outcome.status === 'expired') return outcome.error!.code;
  return outcome.status;
}

export const isoOf = (at: number): string => new Date(at).toISOString();

/** The deadlines of a session as a view shows them. */
export function deadlinesOf(session: ReferenceSession): Record<string, string | null> {
  const { rules, seenAt, accessUntil, refreshUntil, overAt } = session;
  return {
    access: isoOf(accessUntil),
    refresh: rules.refresh === null ? null : isoOf(refreshUntil),
    idle: rules.idle === null ? null : isoOf(seenAt + rules.idle),
    absolute: isoOf(overAt),
  };
}
