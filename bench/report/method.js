/** @param {typeof import('../plan.js').full} plan */
export function describeMethod({ checks }) {
  return `## How it is measured

- **The servers** are in [peers/servers](peers/servers), one short file each: Express 5 with one route, \`GET /me\`, which answers
  \`{ "user": "…" }\`, in a process of its own, \`NODE_ENV=production\`, on loopback. Before anything is measured each must name the right user
  for good credentials and answer 401 for bad ones; an answer that is not 200 during the measurement ends the run. The floor only reads the
  Authorization header.
- **The sessions** are ${checks.sessions} of as many users, each with user id, user agent, address and times. All of them are used in turn, so
  that nothing that remembers the last token gains by it. express-session and connect-redis run with \`resave: false,
  saveUninitialized: false\` and else as they come; better-auth with its Redis secondary storage, without its cookie cache; jose with a key that
  was imported once. iron-session and jose read no store.
- **The load** comes from [autocannon](peers/load.js) in another process, over ${checks.connections} connections that stay open. No session is
  asked for twice at a time.
- **In turns:** ${checks.rounds} rounds, in each of which every server answers ${checks.requests} requests, after the sessions have been asked for
  four times unmeasured. Every round begins with another server. The floor is subtracted within the round, and figures are medians of the rounds.
- **The near cache** holds all of the sessions, so what is measured is a hit. In steady use a session is read again when it has changed, and
  every \`maxStale\` (5 s).
- **CPU time** is \`process.cpuUsage()\` of the server, before and after: user and system, all threads. It is steadier than throughput and
  latency, for which the load, the server and Redis compete; yet on a machine that is busy otherwise, caches are cold and it grows, too.
- **Redis** is a private one without persistence; its commands are counted with \`INFO commandstats\`, its CPU with \`INFO cpu\`.

Not in it: the network, TLS, a store under pressure, and how well a library does anything but this.
`;
}
