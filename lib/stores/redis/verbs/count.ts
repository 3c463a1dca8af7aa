import { slottedParts } from '../../../domain/slotted-id';
import type { Budget, Count, CounterRule, CountOutcome } from '../../../store/counters';
import { encodeAudit } from '../audit-codec';
import type { Backend } from '../backend';
import { counterOf, encodeHolds } from '../counter-codec';
import { namesInOneSlot } from '../one-slot';
import { type Argument, statusOf } from '../reply';

export async function count({ scripts, keys, records }: Backend, command: Count): Promise<CountOutcome> {
  const { attempt, user, probe, budgets } = command;
  const ids = budgets.flatMap((budget) => rulesOf(budget).map(({ id }) => id));
  namesInOneSlot(ids, budgets.some(({ audit }) => audit !== null) ? user : null);
  const reply = await scripts.write('count', [keys.counter(ids[0]!)], command, [
    attempt,
    user,
    probe ? 1 : 0,
    ...budgets.flatMap(budgetArguments),
  ]);
  records.noteAudit(reply[1]);
  const budget = Number(reply[2]);
  const counters = rulesOf(budgets[budget]!).map((_, index) =>
    counterOf(Number(reply[3 + 2 * index]), Number(reply[4 + 2 * index])),
  );
  return { status: statusOf(reply) as CountOutcome['status'], budget, counters };
}

function rulesOf({ leader, followers }: Budget): readonly CounterRule[] {
  return [leader, ...followers];
}

function budgetArguments(budget: Budget): Argument[] {
  const { known, audit } = budget;
  const rules = rulesOf(budget);
  return [
    known === null ? '' : slottedParts(known).name,
    rules.length,
    ...rules.flatMap(({ id, window, locksFrom, holds }, place) => [
      slottedParts(id).name,
      window ?? '',
      locksFrom ?? '',
      audit ? encodeAudit(audit[place]!) : '',
      encodeHolds(holds),
    ]),
  ];
}
