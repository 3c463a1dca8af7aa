/**
 * What it costs to count everybody's sessions and to end them all, and how long others wait for Redis meanwhile: `npm run bench:fleet`,
 * half an hour for a million users and about 1.5 GB of memory. Writes FLEET.md next to this file. `-- --users 200000` loads fewer,
 * `-- --brief` is for function only, seconds, to the console alone. Ends with an error where not all of them are ended.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { RedisStore, SessionManager } from 'sessionkeeper';
import { openObserver } from './fleet/observe.js';
import { writeFleetPage } from './fleet/page.js';
import { forEachNumber, signInFrom } from './measure/sign-in.js';
import { startPrivateRedis } from './private-redis.js';
import { describeSetting } from './scale/setting.js';

const { values } = parseArgs({
  options: { brief: { type: 'boolean', default: false }, users: { type: 'string', default: '1000000' } },
});
const users = values.brief ? 300 : Number(values.users);
const crowd = values.brief ? 600 : 10_000;
const restMilliseconds = values.brief ? 100 : 10_000;
const actor = { type: /** @type {const} */ ('admin'), id: 'bench' };
const lifetimes = { refreshToken: /** @type {const} */ ('1d') };

const { url, redis, stop } = await startPrivateRedis();
const setting = await describeSetting(redis);
const sessions = new SessionManager({ store: new RedisStore({ url, deadline: '30s' }), lifetimes });
await forEachNumber({ to: users, atOnce: 100 }, (number) => signInFrom(sessions, `user ${number}`, number));
await forEachNumber({ to: crowd, atOnce: 100 }, (number) => signInFrom(sessions, 'a crowd', number));
console.error(`${users + crowd} sessions`);

const observer = await openObserver(url, redis);
let confirmation = '';
const figures = {
  'at rest': await observer.during(() => pause(restMilliseconds)),
  counts: await observer.during(() => sessions.fleet.counts()),
  'dry run': await observer.during(async () => {
    ({ confirmation } = await sessions.fleet.prepareEnding({ actor }));
  }),
  'until all are refused': await observer.during(() => sessions.fleet.endAll(confirmation, { actor })),
  'until all are ended': await observer.during(untilFinished),
};
await observer.close();
const ended = (await sessions.fleet.progress())?.endedSessions ?? 0;
const page = writeFleetPage(figures, {
  ...{ setting, users, crowd, ended },
  command: `npm run bench:fleet${users === 1_000_000 ? '' : ` -- --users ${users}`}`,
});
console.log(page);
if (!values.brief) writeFileSync(new URL('./FLEET.md', import.meta.url), page);

await sessions.close();
stop();
process.exitCode = ended === users + crowd ? 0 : 1;

async function untilFinished() {
  for (;;) {
    const ending = await sessions.fleet.progress();
    if (ending?.status === 'finished') return;
    await pause(values.brief ? 20 : 500);
  }
}
