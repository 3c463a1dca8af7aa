import type { Broken } from './app/app-settings';
import { checkHistory } from './checker/check-history';
import type { ViolationKind } from './checker/violation';
import { runHistory } from './run';

jest.setTimeout(120_000);

const kinds: readonly [Broken, ViolationKind][] = [
  ['forgetful-revoke', 'accepted-after-revocation'],
  ['deaf-cache', 'stale-beyond-bound'],
  ['trusting-rotate', 'two-successors'],
  ['uncounted-create', 'limit-exceeded'],
  ['unforgiving-rotate', 'false-reuse'],
];

test.each(kinds)('a store of the kind %s is found out, by %s and nothing else', async (broken, kind) => {
  const { history } = await runHistory({
    topology: 'standalone',
    seconds: 4,
    seed: 1,
    faults: false,
    broken,
    maxStale: '100ms',
  });
  const found = checkHistory(history).violations.map((violation) => violation.kind);
  expect([...new Set(found)]).toEqual([kind]);
});
