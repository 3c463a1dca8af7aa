/**
 * What a session costs, and how long its calls take, as one Redis comes to hold a million: `npm run bench:scale`, minutes; about
 * 1.5 GB of memory. Writes SCALE.md next to this file. To the console alone: `-- --users 100000` stops there, `-- --brief` is for function
 * only, seconds. Ends with an error where a cost grows faster than the logarithm of what grows.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { RedisStore, SessionManager } from 'sessionkeeper';
import { startPrivateRedis } from './private-redis.js';
import { measureCrowds, measureManyUsers } from './scale/measure.js';
import { judge, writeScalePage } from './scale/page.js';
import { brief, full } from './scale/plan.js';
import { describeSetting } from './scale/setting.js';

const { values } = parseArgs({
  options: { brief: { type: 'boolean', default: false }, users: { type: 'string', default: '1000000' } },
});
const wanted = Number(values.users);
const plan = values.brief ? brief : { ...full, users: full.users.filter((users) => users <= wanted) };
const startedAt = performance.now();

const { url, redis, stop } = await startPrivateRedis();
const setting = await describeSetting(redis);
const sessions = new SessionManager({ store: new RedisStore({ url, deadline: '30s' }) });
await sessions.now();
const bench = { redis, sessions, plan };
const figures = {
  users: await measureManyUsers(bench, (text) => console.error(text)),
  crowds: await measureCrowds(bench, (text) => console.error(text)),
};
const seconds = Math.round((performance.now() - startedAt) / 1_000);
const page = writeScalePage(figures, { setting, command: 'npm run bench:scale', seconds });
console.log(page);
// A shorter run tells less than the page promises.
if (plan.users.length === full.users.length) writeFileSync(new URL('./SCALE.md', import.meta.url), page);

await sessions.close();
stop();
const failed = judge(figures).filter(({ growth }) => growth === 'more');
for (const { operation, by } of failed) console.error(`${operation} grows too fast with ${by}`);
// Figures of a brief run mean nothing.
process.exitCode = failed.length > 0 && !values.brief ? 1 : 0;
