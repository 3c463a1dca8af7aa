/**
 * How long any one call keeps the Node process from all other requests, where a user has 10,000 live sessions:
 * `npm run bench:blocking` (minutes; `-- --brief` for function only, seconds; `-- --only <method>` for one). Beside it how long the
 * call kept Redis busy. Ends with an error where a call takes longer than the bar, or a public method has no call here.
 */
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { RedisStore, SessionManager } from 'sessionkeeper';
import { calls, uncovered } from './blocking/calls.js';
import { longestTurns } from './blocking/loop-gaps.js';
import { takeSnapshot } from './blocking/snapshot.js';
import { startPrivateRedis } from './private-redis.js';
import { table } from './report/table.js';
import { busyMilliseconds } from './scale/redis-busy.js';
import { describeSetting } from './scale/setting.js';
import { forEachNumber, signInFrom } from './measure/sign-in.js';

const { values } = parseArgs({ options: { brief: { type: 'boolean', default: false }, only: { type: 'string' } } });
const barMilliseconds = 5;
const count = values.brief ? 300 : 10_000;
const repeats = values.brief ? 1 : 5;

// What the measurement itself leaves behind is not collected during a call.
setFlagsFromString('--expose-gc');
const collectGarbage = /** @type {() => void} */ (runInNewContext('gc'));

const { url, redis, stop } = await startPrivateRedis();
/** @param {import('sessionkeeper').ManagerOptions} [options] */
const open = (options) => new SessionManager({ ...options, store: new RedisStore({ url, deadline: '30s' }) });
const sessions = open();
const userId = 'user-with-very-many-sessions';
/** @type {import('./measure/sign-in.js').SignedIn[]} */
const signedIn = [];
await forEachNumber({ to: count, atOnce: 50 }, async (number) => {
  signedIn.push(await signInFrom(sessions, userId, number));
});
const scene = {
  ...{ sessions, userId, count, known: signedIn.slice(0, 1_000) },
  limited: open({ limit: { max: 3 } }),
  choosing: open({ limit: { max: 3, onExceeded: (views) => views.map(({ id }) => id) } }),
};
await warmUp();
const snapshot = await takeSnapshot(redis);

const rows = [];
const tooLong = [];
for (const call of calls.filter(({ method }) => values.only === undefined || method === values.only)) {
  const turns = [];
  const busy = [];
  // The first run counts for nothing but in a brief one: it compiles what it meets.
  for (let run = values.brief ? 1 : 0; run <= (call.isLong ? 2 : repeats); run++) {
    await snapshot.restore();
    const prepared = await call.prepare?.(scene);
    collectGarbage();
    const before = await busyMilliseconds(redis);
    const longest = await longestTurns(async () => void (await call.run(scene, prepared)));
    if (run > 0) {
      turns.push(longest);
      busy.push((await busyMilliseconds(redis)) - before);
    }
  }
  const block = Math.min(...turns.map((longest) => longest.block));
  const clock = Math.min(...turns.map((longest) => longest.clock));
  const name = call.how === undefined ? call.method : `${call.method} (${call.how})`;
  if (block > barMilliseconds) tooLong.push(name);
  rows.push([name, block.toFixed(2), clock.toFixed(2), Math.min(...busy).toFixed(1)]);
}
const idle = await longestTurns(() => new Promise((resolve) => setTimeout(resolve, 200)));

console.log(`${await describeSetting(redis)}\n`);
console.log(
  `One user with ${count.toLocaleString('en')} live sessions; milliseconds, the least of ${repeats} runs.\n`,
);
const head = ['call', 'longest block of Node', 'by the clock, other programs included', 'Redis busy, processor'];
console.log(table(head, rows, { figures: true }));
console.log(`\nIdle, the longest turn is ${idle.block.toFixed(2)}, by the clock ${idle.clock.toFixed(2)}.`);

const forgotten = uncovered(sessions);
if (forgotten.length > 0) console.error(`No call for: ${forgotten.join(', ')}`);
if (tooLong.length > 0) console.error(`Longer than ${barMilliseconds} ms: ${tooLong.join('; ')}`);
else console.log(`\nEach within ${barMilliseconds} ms.`);
await Promise.all([sessions, scene.limited, scene.choosing].map((manager) => manager.close()));
stop();
// Figures of a brief run mean nothing.
process.exit(forgotten.length > 0 || (tooLong.length > 0 && !values.brief) ? 1 : 0);

/** A server that has run for a while has compiled what it runs. */
async function warmUp() {
  for (let turn = 0; turn < (values.brief ? 3 : 100); turn++) {
    await sessions.list(userId, { limit: 100 });
    await sessions.create({ userId, applicationId: 'web', limit: { max: 1 } });
  }
}
