import { startChild } from '../child.js';
import { people } from './people.js';

/**
 * What is compared: a server each, in the order of the tables. `checks: false`: believes what it is shown.
 *
 * @typedef {{ server: string, name: string, checks?: false }} Contender
 * @type {readonly Contender[]}
 */
export const contenders = [
  { server: 'floor', name: 'floor: reads the header', checks: false },
  { server: 'sessionkeeper-near-cache', name: 'sessionkeeper, near cache' },
  { server: 'sessionkeeper', name: 'sessionkeeper, Redis' },
  { server: 'sessionkeeper-cookie', name: 'sessionkeeper, Redis, by cookie' },
  { server: 'jose', name: 'jose HS256, no store' },
  { server: 'express-session', name: 'express-session, connect-redis' },
  { server: 'iron-session', name: 'iron-session, no store' },
  { server: 'better-auth', name: 'better-auth, Redis' },
];

/**
 * Starts the server of a contender, signs people in and makes sure that it tells them from others.
 *
 * @param {Contender} contender
 * @param {{ redisUrl: string, sessions: number }} options
 */
export async function startContender(contender, { redisUrl, sessions: count }) {
  const server = await startChild(new URL(`../peers/servers/${contender.server}.js`, import.meta.url), {
    REDIS_URL: redisUrl,
  });
  /** @type {string} */
  const url = await server.call('url');
  const signedIn = people(count);
  /** @type {Record<string, string>[]} the headers of each session's requests */
  const sessions = await server.call('signIn', signedIn);

  const picked = [0, 1, Math.floor(count / 2), count - 1];
  for (const index of picked) {
    const headers = sessions[index] ?? {};
    await expectAnswer(contender, url, headers, 200, signedIn[index]?.userId);
    if (contender.checks !== false) await expectAnswer(contender, url, mangled(headers), 401);
  }
  await expectAnswer(contender, url, {}, 401);
  return { contender, server, url, sessions };
}

/** @typedef {Awaited<ReturnType<typeof startContender>>} StartedContender */

/** @param {Contender} contender @param {string} url @param {HeadersInit} headers @param {number} status @param {string} [user] */
async function expectAnswer({ name }, url, headers, status, user) {
  const response = await fetch(url, { headers });
  const answer = /** @type {{ user?: string }} */ (await response.json());
  if (response.status !== status || answer.user !== user) {
    const shown = `${response.status} ${JSON.stringify(answer)}`;
    throw new Error(`${name} answers ${shown} where ${status} ${user ?? ''} is right`);
  }
}

/** One character of the credential is another one. @param {Record<string, string>} headers */
function mangled(headers) {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const at = value.slice(0, Math.floor(value.length * 0.75)).search(/[a-z](?=[^a-z]*$)/);
      return [name, `${value.slice(0, at)}${value[at] === 'q' ? 'r' : 'q'}${value.slice(at + 1)}`];
    }),
  );
}
