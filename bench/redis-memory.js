/** What a session costs in Redis, by itself: `npm run build && node bench/redis-memory.js [users]`. */
import { measureMemory } from './measure/memory.js';
import { userAgents } from './measure/people.js';

const users = Number(process.argv[2] ?? 50_000);
const totals = ['signed in', 'renewed once'];

for (const { what, bytes } of await measureMemory(users)) {
  const name = totals.includes(what) ? what : `  of it the ${what}`;
  console.log(`${name.padEnd(20)} ${bytes} bytes a user`);
}
const lengths = userAgents.map((userAgent) => userAgent.length);
console.log(`${users} users, one session each; user agents of ${lengths.join(', ')} bytes`);
