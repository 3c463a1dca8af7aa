import { median } from '../measure/statistics.js';

/**
 * What the project has set itself, beside what came out.
 *
 * @typedef {object} Figures
 * @property {import('../measure/checks.js').CheckFigures[]} checks
 * @property {import('../measure/writes.js').WriteFigures} writes
 * @property {DelayFigures} delay
 * @property {DelayFigures} nearDelay
 * @property {Awaited<ReturnType<typeof import('../measure/parallel-refresh.js').measureParallelRefresh>>} parallel
 * @property {Awaited<ReturnType<typeof import('../measure/memory.js').measureMemory>>} memory
 *
 * @typedef {Awaited<ReturnType<typeof import('../measure/revocation-delay.js').measureRevocationDelay>>} DelayFigures
 * @typedef {{ what: string, bar: string, value: string, verdict: 'met' | 'not met' }} Bar
 *
 * @param {Figures} figures
 * @returns {Bar[]}
 */
export function judgeBars({ checks, delay, nearDelay, parallel, memory }) {
  const [redis, near] = [overFloor('sessionkeeper'), overFloor('sessionkeeper-near-cache')];
  const [jose, expressSession] = [overFloor('jose'), overFloor('express-session')];
  const [perCheck, perHit] = [commands('sessionkeeper'), commands('sessionkeeper-near-cache')];
  const bytes = Math.max(
    ...memory.filter(({ what }) => /signed in|renewed/.test(what)).map((figure) => figure.bytes),
  );
  const { tabs, successors, rotations, others } = parallel;

  return [
    bar('check with Redis, CPU over the floor', '≤ 0.35 × express-session + connect-redis', {
      value: times(redis / expressSession),
      met: redis <= 0.35 * expressSession,
    }),
    bar('check with Redis, CPU over the floor', 'below one jose HS256 check', {
      value: times(redis / jose),
      met: redis < jose,
    }),
    bar('check with near cache, CPU over the floor', '≤ 0.15 × a jose HS256 check', {
      value: times(near / jose),
      met: near <= 0.15 * jose,
    }),
    bar('Redis commands per check', '1', { value: perCheck.toFixed(3), met: isNear(perCheck, 1) }),
    bar('Redis commands per check, near cache', '0', { value: perHit.toFixed(3), met: isNear(perHit, 0) }),
    bar('revoke acknowledged → refused on another node, near cache', 'p99 ≤ 5 ms', {
      value: `p99 ${nearDelay.p99.toFixed(2)} ms`,
      met: nearDelay.p99 <= 5,
    }),
    bar('revoke acknowledged → refused on another node', '0', {
      value: `${delay.acceptedLate} of ${delay.revocations} accepted once more`,
      met: delay.acceptedLate === 0,
    }),
    bar('bytes per session on Redis, one session a user', '≤ 1,300', {
      value: bytes.toLocaleString('en'),
      met: bytes <= 1_300,
    }),
    bar(`refresh, ${tabs} parallel tabs on one token`, 'one successor, one rotation', {
      value: `${successors} successor, ${rotations} rotation`,
      met: successors === 1 && rotations === 1 && others.length === 0,
    }),
  ];

  /** @param {string} server */
  function overFloor(server) {
    return median(checks.find((figures) => figures.server === server)?.overFloor ?? []);
  }

  /** @param {string} server */
  function commands(server) {
    const own = checks.find((figures) => figures.server === server)?.commands ?? [];
    return own.reduce((sum, { perRequest }) => sum + perRequest, 0);
  }
}

/** @param {string} what @param {string} limit @param {{ value: string, met: boolean }} outcome @returns {Bar} */
function bar(what, limit, { value, met }) {
  return { what, bar: limit, value, verdict: met ? 'met' : 'not met' };
}

/** @param {number} ratio */
function times(ratio) {
  return `${ratio.toFixed(2)} ×`;
}

/** Beside the checks, clocks are compared and connections kept up: some commands in a minute. @param {number} value @param {number} expected */
function isNear(value, expected) {
  return Math.abs(value - expected) < 0.005;
}
