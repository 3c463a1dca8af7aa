import { amending } from './amending';
import { clocks } from './clocks';
import { countingBudgets } from './counting-budgets';
import { counting } from './counting';
import { creating } from './creating';
import { disowning } from './disowning';
import { disowningInParallel } from './disowning-in-parallel';
import { erasing } from './erasing';
import { erasingRaces } from './erasing-races';
import { delivering } from './delivering';
import { deliveringAgain } from './delivering-again';
import { evicting } from './evicting';
import { evictingMany } from './evicting-many';
import { feeding } from './feeding';
import { fidelity } from './fidelity';
import { fleetEndings } from './fleet-endings';
import { fleetFloor } from './fleet-floor';
import { fleetSignIns } from './fleet-sign-ins';
import { fleetSteps } from './fleet-steps';
import { fleetSurvey } from './fleet-survey';
import { healing } from './healing';
import { impersonating } from './impersonating';
import { keepingEntries } from './keeping-entries';
import { lateWrites } from './late-writes';
import { limiting } from './limiting';
import { listing } from './listing';
import { loggingAccess } from './logging-access';
import { noting } from './noting';
import { oneTimeTokens } from './one-time-tokens';
import { ownLimits } from './own-limits';
import { parallelWrites } from './parallel-writes';
import { probingCounters } from './probing-counters';
import { races } from './races';
import { refusing } from './refusing';
import { rekeying } from './rekeying';
import { relayingEntries } from './relaying-entries';
import { remembering } from './remembering';
import { repeating } from './repeating';
import { replacingDevices } from './replacing-devices';
import { replacing } from './replacing';
import { resends } from './resends';
import { resettingCounters } from './resetting-counters';
import { resuming } from './resuming';
import { retiring } from './retiring';
import { revoking } from './revoking';
import { revokingAll } from './revoking-all';
import { rotating } from './rotating';
import type { ConformanceRunner, ConformanceSubject } from './runner';
import { play, type Test } from './scene';
import { steps } from './steps';
import { touching } from './touching';
import { trimming } from './trimming';
import { watching } from './watching';

const concerns = {
  creating,
  replacing,
  rotating,
  repeating,
  touching,
  amending,
  rekeying,
  retiring,
  revoking,
  'revoking all': revokingAll,
  disowning,
  'disowning in parallel': disowningInParallel,
  limiting,
  refusing,
  'replacing devices': replacingDevices,
  evicting,
  'evicting many': evictingMany,
  resuming,
  'own limits': ownLimits,
  'one-time tokens': oneTimeTokens,
  trimming,
  impersonating,
  counting,
  'counting on budgets': countingBudgets,
  'probing counters': probingCounters,
  'resetting counters': resettingCounters,
  noting,
  'relaying entries': relayingEntries,
  delivering,
  'delivering again': deliveringAgain,
  feeding,
  'logging access': loggingAccess,
  listing,
  'surveying everybody': fleetSurvey,
  'raising the floor': fleetFloor,
  'ending step by step': fleetSteps,
  'keeping an ending of everybody': fleetEndings,
  'tallying sign-ins': fleetSignIns,
  erasing,
  'erasing in a race': erasingRaces,
  remembering,
  'keeping entries': keepingEntries,
  fidelity,
  races,
  'parallel writes': parallelWrites,
  steps,
  resends,
  'late writes': lateWrites,
  clocks,
  watching,
};

/**
 * The tests that every `SessionStore` passes: each verb, each outcome, each race. There are no opt-outs. It opens
 * the store about three hundred times, and waits for no time to pass.
 *
 * ```ts
 * import { describe, it } from 'node:test';
 * storeConformance({ describe, it }, { open: async () => {
 *   const store = new MyStore();
 *   return { store, close: () => store.close() };
 * } });
 * ```
 */
export function storeConformance({ describe, it }: ConformanceRunner, subject: ConformanceSubject): void {
  const test: Test = (title, body) => it(title, () => play(subject, body));
  for (const [title, concern] of Object.entries(concerns)) describe(title, () => concern(test));

  const { loseIndex } = subject;
  if (loseIndex) describe('healing', () => healing(test, (user) => loseIndex.call(subject, user)));
}
