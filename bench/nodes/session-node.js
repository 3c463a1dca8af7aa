/** An app process with sessions on Redis: answers `GET /` over HTTP, and the calls of the benchmark. NEAR_CACHE=on: with the near cache. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import express from 'express';
import { problemHandler, RedisStore, requireSession, SessionManager } from 'sessionkeeper';
import { answerCalls } from '../calls.js';
import { person } from '../measure/people.js';
import { timeOperations } from './time-operations.js';

// Longer than usual: a machine that is busy otherwise must not end the run.
const store = new RedisStore({ url: process.env.REDIS_URL ?? '', deadline: '4s' });
/** @type {import('sessionkeeper').ManagerOptions['nearCache']} */
const nearCache = process.env.NEAR_CACHE === 'on' ? { maxEntries: 100_000, maxStale: '5s' } : undefined;
const sessions = new SessionManager({ store, nearCache });

const app = express();
app.get('/', requireSession(sessions), (_req, res) => void res.json({}));
app.use(problemHandler());
const server = createServer(app).listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

/** @type {import('sessionkeeper').Tokens[]} */
let tokens = [];
/** @type {string[]} */
let ids = [];

answerCalls({
  port: () => port,
  signIn,
  refreshInParallel,
  /** @param {string} id @returns the time of the acknowledgement, on the clock that all processes of a machine share */
  async revoke(id) {
    await revoke(id);
    return process.hrtime.bigint().toString();
  },
  /** The three writes, `amount` of each, `atOnce` in flight. @param {{ amount: number, atOnce: number }} load */
  async timeWrites({ amount, atOnce }) {
    [tokens, ids] = [[], []];
    return {
      signIn: await timeOperations(amount, atOnce, async (index) => {
        const signedIn = await signIn(index);
        tokens[index] = signedIn.tokens;
        ids[index] = signedIn.id;
      }),
      refresh: await timeOperations(amount, atOnce, async (index) => {
        const outcome = await sessions.refresh(tokens[index]?.refreshToken ?? '');
        if (outcome.status !== 'rotated') throw new Error(`refresh: ${outcome.status}`);
      }),
      revoke: await timeOperations(amount, atOnce, (index) => revoke(ids[index] ?? '')),
    };
  },
});

/** @param {number} index */
async function signIn(index) {
  const { userId, ip, userAgent } = person(index);
  const outcome = await sessions.create({ userId, client: { ip, userAgent } });
  if (outcome.status !== 'created') throw outcome.error;
  return { id: outcome.session.id, tokens: outcome.tokens };
}

/** @param {string} id */
async function revoke(id) {
  const outcome = await sessions.revoke(id);
  if (outcome.status !== 'ended') throw new Error(`revoke: ${outcome.status}`);
}

/** @param {{ refreshToken: string, tabs: number }} call */
async function refreshInParallel({ refreshToken, tabs }) {
  const outcomes = await Promise.all(Array.from({ length: tabs }, () => sessions.refresh(refreshToken)));
  return outcomes.map((outcome) => ({
    status: outcome.status,
    successor: 'tokens' in outcome ? outcome.tokens.refreshToken : undefined,
  }));
}
