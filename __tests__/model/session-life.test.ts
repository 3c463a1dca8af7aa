import fc from 'fast-check';
import { durationMilliseconds } from '../../lib/domain/duration';
import { SessionBench } from '../fixtures/session-bench';
import { day } from '../fixtures/session-record';
import { storeKinds } from '../fixtures/stores';
import type { RealLife, Terms } from './life';
import { ReferenceLife } from './reference-life';
import type { Rules } from './reference-session';
import { create, list, pass, reissue, revoke, revokeAll, update } from './session-commands';
import { introspect, refresh, revokeToken, verify } from './token-commands';

// `MODEL_RUNS=5000 npx jest model` looks longer. A failure prints its seed and path.
const runs = Number(process.env['MODEL_RUNS'] ?? 0);
const usualRuns = { memory: 100, redis: 30 };

const tokenLifetimes = fc.constantFrom<Pick<Terms, 'accessToken' | 'refreshToken'>[]>(
  { accessToken: '1m', refreshToken: '2m' },
  { accessToken: '1m', refreshToken: '20m' },
  { accessToken: '15m', refreshToken: '20m' },
  { accessToken: '15m', refreshToken: '1h' },
  { accessToken: '1m', refreshToken: false },
  { accessToken: '15m', refreshToken: false },
);

const limits: fc.Arbitrary<Pick<Terms, 'idle' | 'absolute' | 'grace'>> = fc.record({
  idle: fc.constantFrom(undefined, '2m', '10m'),
  absolute: fc.constantFrom('5m', '1h', '2d'),
  grace: fc.constantFrom('0s', '10s', '60s'),
});

const terms = fc.tuple(tokenLifetimes, limits).map(([tokens, others]): Terms => ({ ...tokens, ...others }));

const commands = fc.commands(
  [...Array.from({ length: 8 }, () => refresh), ...Array.from({ length: 5 }, () => verify), pass, pass, pass]
    .concat([create, create, introspect, revoke, revokeAll, reissue, revokeToken, update, list])
    .map((command) => command as fc.Arbitrary<fc.AsyncCommand<ReferenceLife, RealLife>>),
  { maxCommands: 60, size: 'max' },
);

describe.each(storeKinds)('the life of sessions on $name', (kind) => {
  let bench: SessionBench;
  beforeAll(() => (bench = new SessionBench(kind)));
  afterAll(() => bench.close());

  test('is that of the reference, whatever happens in whatever order', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(terms, create, commands, async (lifetimes, first, life) => {
        run += 1;
        const prefix = `run ${run} `;
        await fc.asyncModelRun(
          () => ({ model: new ReferenceLife(bench.time.now()), real: openLife(bench, lifetimes, prefix) }),
          [first, ...life],
        );
      }),
      { numRuns: runs || usualRuns[kind.name] },
    );
  }, 600_000);
});

function openLife(bench: SessionBench, terms: Terms, prefix: string): RealLife {
  const { accessToken, refreshToken, idle, absolute, grace } = terms;
  const lifetimes = { accessToken, refreshToken, absolute, ...(idle && { idle }) };
  return {
    processes: [
      bench.open({ lifetimes, rotation: { grace } }),
      bench.open({ lifetimes: { accessToken: '7m', refreshToken: '9m', idle: '3m' }, rotation: { grace: '3s' } }),
    ],
    time: bench.time,
    nameOf: (user) => prefix + user,
    rulesFor: (remember) => rulesFor(terms, remember),
  };
}

/** The windows of a session under these terms, as the table of lifetimes has them. */
function rulesFor(terms: Terms, remember: boolean): Rules {
  const [access, absolute, grace] = [terms.accessToken, terms.absolute, terms.grace].map((text) =>
    durationMilliseconds(text, 'any'),
  ) as [number, number, number];
  const refresh = terms.refreshToken === false ? null : durationMilliseconds(terms.refreshToken, 'any');
  const idle = terms.idle === undefined ? null : durationMilliseconds(terms.idle, 'any');
  if (!remember) return { access, refresh, idle, absolute, grace };
  const remembered = Math.min(30 * day, absolute);
  if (refresh === null) return { access: remembered, refresh, idle: null, absolute, grace };
  return { access: Math.min(access, remembered), refresh: remembered, idle: null, absolute, grace };
}
