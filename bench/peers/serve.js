import { once } from 'node:events';
import { createServer } from 'node:http';
import express from 'express';
import { answerCalls } from '../calls.js';

/**
 * What all compared servers have in common: Express with one route, `GET /me`, behind the guard; on loopback, driven by the process
 * that forked this one. Answers `{ user }`, or the guard's own 401.
 *
 * @typedef {{ userId: string, ip: string, userAgent: string }} Person who signs in, and from where
 *
 * @param {object} contender
 * @param {import('express').RequestHandler} contender.guard admits a request, or answers it
 * @param {(req: any) => string} contender.userOf whom the guard has found
 * @param {(person: Person, origin: string) => Promise<Record<string, string>>} contender.signIn the headers of that session's requests
 * @param {(app: import('express').Express) => void} [contender.routes] more routes, where signing in needs them
 */
export async function serve({ guard, userOf, signIn, routes }) {
  const app = express();
  routes?.(app);
  app.get('/me', guard, (req, res) => {
    res.json({ user: userOf(req) });
  });
  const server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  const origin = `http://127.0.0.1:${port}`;

  answerCalls({
    url: () => `${origin}/me`,
    async signIn(/** @type {Person[]} */ people) {
      const requests = [];
      for (const person of people) requests.push(await signIn(person, origin));
      return requests;
    },
    /** Microseconds of this process, all its threads included. */
    cpu() {
      const { user, system } = process.cpuUsage();
      return user + system;
    },
  });
}
