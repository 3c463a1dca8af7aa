import type { Budget, Count, Counter, CounterRule, CountOutcome } from '../../../store/counters';
import { atZero, counted, type CounterState, inWindow, placeOf, remembering } from '../counter-state';
import type { Counters } from '../counters';
import type { Memory } from '../memory';

/** A counter of the budget, and what its rule finds it to be. */
interface Standing {
  readonly rule: CounterRule;
  readonly state: CounterState;
}

export function count(memory: Memory, command: Count): CountOutcome {
  const { counters } = memory;
  const { at, attempt, probe, budgets } = command;
  const made = probe ? -1 : budgets.findIndex((budget, index) => wasMade(counters, budget, attempt, index));
  const index = made < 0 ? applying(counters, budgets) : made;
  const budget = budgets[index]!;
  const standings = standingsOf(counters, budget, command);
  if (made >= 0) return outcome('counted', index, standings);
  if (standings.some(({ state }) => state.heldUntil > at)) return outcome('held', index, standings);
  if (probe || memory.wasErased(command.user, at)) return outcome('counted', index, standings);

  const series = seriesOf(standings[0]!.state) ?? attempt;
  const next = standings.map(({ rule, state }, place) => {
    const after = counted(state, rule, series, at);
    return { rule, state: place === 0 ? remembering(after, { attempt, budget: index }) : after };
  });
  for (const { rule, state } of next) counters.put(rule.id, state, at);
  const entry = budget.audit?.[next.findIndex(isLocking)];
  if (entry) memory.log(command.user, entry);
  return outcome('counted', index, next);
}

/** Whether this is a resend: what made the budget apply may have changed since. */
function wasMade(counters: Counters, { leader }: Budget, attempt: Buffer, index: number): boolean {
  const state = counters.find(leader.id);
  return state?.made[placeOf(state, attempt)]?.budget === index;
}

/** The last applies always. */
function applying(counters: Counters, budgets: readonly Budget[]): number {
  const first = budgets.findIndex(({ known }) => known === null || counters.find(known)?.known === true);
  return first < 0 ? budgets.length - 1 : first;
}

function standingsOf(counters: Counters, { leader, followers }: Budget, { at }: Count): Standing[] {
  const own = inWindow(counters.find(leader.id) ?? atZero(), leader, at);
  const series = seriesOf(own);
  const others = followers.map((rule) => {
    const state = counters.find(rule.id);
    const isOfSeries = series !== null && state?.series?.equals(series) === true;
    return { rule, state: isOfSeries ? inWindow(state, rule, at) : atZero(state) };
  });
  return [{ rule: leader, state: own }, ...others];
}

/** A leader that stands at 0 begins a new series: none of its followers has counted in it. */
function seriesOf({ count, series }: CounterState): Buffer | null {
  return count > 0 ? series : null;
}

function isLocking({ rule, state }: Standing): boolean {
  return rule.locksFrom !== null && state.count >= rule.locksFrom;
}

function outcome(status: CountOutcome['status'], budget: number, standings: readonly Standing[]): CountOutcome {
  return { status, budget, counters: standings.map(({ state }) => shown(state)) };
}

function shown({ count, heldUntil }: CounterState): Counter {
  return { count, heldUntil };
}
