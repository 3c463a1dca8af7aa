/**
 * Whether memory grows under full load: `npm run bench:soak -- --minutes 10` (10 unless given; `--brief`: seconds, for function only).
 * One process against a private Redis: checks with near cache and without, renewals, sign-ins, endings. Every few seconds all
 * work ends, garbage is collected, and what is in use is printed: the heap and the buffers beside it. The second half decides. `--leak` keeps a little of
 * every call, to see that it would show.
 */
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { RedisStore, SessionManager } from 'sessionkeeper';
import { startPrivateRedis } from './private-redis.js';
import { describeSetting } from './scale/setting.js';
import { Load } from './soak/load.js';
import { trendOf } from './soak/trend.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    brief: { type: 'boolean', default: false },
    leak: { type: 'boolean', default: false },
  },
});
const seconds = values.brief ? 6 : 60 * Number(values.minutes);
const intervalSeconds = values.brief ? 1 : Math.min(10, seconds / 20);
const places = values.brief ? 1_000 : 20_000;
// Less is noise: compiled code, the tables that grow by doubling.
const toleratedBytes = 512 * 1_024;

setFlagsFromString('--expose-gc');
const collectGarbage = /** @type {() => void} */ (runInNewContext('gc'));

const { url, redis, stop } = await startPrivateRedis();
const store = () => new RedisStore({ url, deadline: '30s' });
const plain = new SessionManager({ store: store() });
// Far smaller than the crowd: it is always full, so that what it holds does not follow the speed.
const near = new SessionManager({ store: store(), nearCache: { maxEntries: places / 40, maxStale: '5s' } });
/** @type {unknown[]} */
const kept = [];
if (values.leak)
  for (const manager of [plain, near]) manager.on('session.created', () => kept.push(new Array(64).fill(0)));

const load = new Load({ plain, near, places });
console.log(await describeSetting(redis));
await load.fill();
const start = performance.now();
const points = [];
console.log('\n| seconds | calls | heap, MB | buffers, MB | resident, MB |\n| ---: | ---: | ---: | ---: | ---: |');
while (performance.now() - start < 1_000 * seconds) {
  load.start(32);
  await new Promise((resolve) => setTimeout(resolve, 1_000 * intervalSeconds));
  await load.stop();
  await settle();
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage();
  const elapsed = (performance.now() - start) / 1_000;
  points.push({ x: elapsed, y: heapUsed + arrayBuffers });
  console.log(
    `| ${elapsed.toFixed(0)} | ${calls()} | ${megabytes(heapUsed)} | ${megabytes(arrayBuffers)} | ${megabytes(rss)} |`,
  );
}

const half = points.slice(Math.floor(points.length / 2));
const { slope, error } = trendOf(half);
const grown = slope * ((half.at(-1)?.x ?? 0) - (half[0]?.x ?? 0));
const isGrowing = slope > 2 * error && grown > toleratedBytes;
console.log(`\n${[...load.outcomes].map(([what, count]) => `${what}: ${count}`).join(' · ')}`);
console.log(
  `\nSecond half: ${Math.round(3_600 * slope).toLocaleString('en')} ± ${Math.round(3_600 * error).toLocaleString('en')} bytes an hour; ` +
    `${Math.round(grown).toLocaleString('en')} bytes in all, over ${calls()} calls.`,
);
console.log(isGrowing ? 'Memory grows: not met.' : 'Memory does not grow.');
const strange = [...load.outcomes.keys()].filter((what) => /invalid|reused|rolled-back|not-found/.test(what));
if (strange.length > 0) console.error(`Not expected: ${strange.join(', ')}`);
await Promise.all([plain.close(), near.close()]);
stop();
process.exitCode = strange.length > 0 || (isGrowing && !values.brief) ? 1 : 0;

/** What callbacks still hold is let go first. */
async function settle() {
  for (let turn = 0; turn < 3; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    collectGarbage();
  }
}

function calls() {
  return [...load.outcomes.values()].reduce((total, count) => total + count, 0);
}

/** @param {number} bytes */
function megabytes(bytes) {
  return (bytes / 2 ** 20).toFixed(2);
}
