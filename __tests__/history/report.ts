import type { Findings } from './checker/check-history';
import type { History, Operation } from './history';

/** A run in words: what was done and how it was answered, what was broken, and what the checker says of it. */
export function report({ operations, faults }: History, { violations, staleReads }: Findings): string {
  return [
    `${operations.length} operations`,
    ...tally(operations, (operation) => `${operation.kind}: ${answerOf(operation)}`),
    `${faults.length} faults`,
    ...tally(faults, ({ name, loses }) => name.replace(/^app \d/, 'an app') + (loses ? ' (may lose)' : '')),
    ...staleLines(staleReads),
    `${violations.length} violations`,
    ...violations.map(({ kind, user, sessions, what, operations: shown }) =>
      [
        `  ${kind}: ${user} ${sessions.join(' ')}: ${what}`,
        ...shown.map((one) => `    ${JSON.stringify(one)}`),
      ].join('\n'),
    ),
  ].join('\n');
}

function answerOf({ outcome }: Operation): string {
  if (outcome.status === 'refused') return [outcome.code, outcome.reason].filter(Boolean).join(' ');
  if (outcome.status === 'unavailable') return `503 ${outcome.code}`;
  if (outcome.status === 'ended') return outcome.durable ? 'ended, durable' : 'ended, not durable';
  return outcome.status;
}

function staleLines(staleReads: Findings['staleReads']): string[] {
  const late = (isCalm: boolean): number[] =>
    staleReads
      .filter((read) => read.isCalm === isCalm)
      .map((read) => read.late)
      .toSorted((one, other) => one - other);
  const line = (name: string, values: readonly number[]): string =>
    `  ${name}: ${values.length}, the latest ${(values.at(-1) ?? 0).toFixed(1)} ms after the acknowledgement`;
  return [
    'accepted by a near cache that had not heard yet',
    line('without a fault', late(true)),
    line('with one', late(false)),
  ];
}

function tally<Item>(items: readonly Item[], nameOf: (item: Item) => string): string[] {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(nameOf(item), (counts.get(nameOf(item)) ?? 0) + 1);
  return [...counts].toSorted().map(([name, count]) => `  ${String(count).padStart(6)} ${name}`);
}
