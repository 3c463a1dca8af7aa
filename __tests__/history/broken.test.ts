import type { Broken } from './app/app-settings';
import { checkHistory } from './checker/check-history';
import type { ViolationKind } from './checker/violation';
import { runHistory } from './run';

jest.setTimeout(120_000);

/** How a store is broken, what finds it out, and what else may follow from that. */
const kinds: readonly [Broken, ViolationKind, ...ViolationKind[]][] = [
  // What was never ended is served from a cache as well.
  ['forgetful-revoke', 'accepted-after-revocation', 'stale-beyond-bound'],
  ['deaf-cache', 'stale-beyond-bound'],
  ['trusting-rotate', 'two-successors'],
  ['uncounted-create', 'limit-exceeded'],
  // Whom it has wrongly ended it refuses.
  ['unforgiving-rotate', 'false-reuse', 'wrong-refusal'],
];

test.each(kinds)(
  'a store of the kind %s is found out, by %s and what follows from it',
  async (...[broken, kind, ...consequences]) => {
    const { history } = await runHistory({
      topology: 'standalone',
      seconds: 4,
      seed: 1,
      faults: false,
      broken,
      maxStale: '100ms',
    });
    const found = checkHistory(history).violations.map((violation) => violation.kind);
    expect(found).toContain(kind);
    expect(found.filter((one) => one !== kind && !consequences.includes(one))).toEqual([]);
  },
);
