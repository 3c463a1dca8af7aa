import { request as httpRequest } from 'node:http';
import type { SessionManager } from '../../lib';
import { listen } from '../harness/listen';
import { waitUntil } from '../harness/wait-until';
import { frameworks, type Handler } from './fixtures/frameworks';
import { elsewhere, failures, guardedBench, logIn, password } from './fixtures/guarded-login';
import type { HttpBench } from './fixtures/http-bench';

const second = 1_000;

describe.each(frameworks)('a client that leaves before its answer, on $name', (framework) => {
  /** Sends logins that leave once their handlers run; `before` runs once before these go on. */
  async function leaveAll(
    words: readonly string[],
    before: (bench: HttpBench) => Promise<unknown> = () => Promise.resolve(),
  ): Promise<HttpBench> {
    const counts = { begun: 0, left: 0, ended: 0 };
    let ready: Promise<unknown> | undefined;
    const handler =
      (sessions: SessionManager): Handler =>
      async (req, res, next) => {
        counts.begun += 1;
        await new Promise((resolve) => res.once('close', resolve));
        counts.left += 1;
        await waitUntil('all have left', () => counts.left === words.length);
        await (ready ??= before(bench));
        await logIn(sessions)(req, res, next);
        counts.ended += 1;
      };
    const bench: HttpBench = guardedBench({ framework, handler });
    const server = await listen(bench.app);
    const requests = words.map((word) => {
      const request = httpRequest(`${server.url}/guarded?user=alice&password=${word}`, {
        method: 'POST',
        headers: elsewhere(),
      });
      request.on('error', () => undefined);
      request.end();
      return request;
    });
    await waitUntil('all have begun', () => counts.begun === words.length);
    for (const request of requests) request.destroy();
    await waitUntil('all have ended', () => counts.ended === words.length);
    await server.close();
    return bench;
  }

  test('has not failed', async () => {
    expect(await failures(await leaveAll(['wrong']))).toBe(0);
  });

  test('has succeeded where the password was right', async () => {
    const bench = await leaveAll([password], async ({ sessions }) => {
      for (let failed = 0; failed < 3; failed++) await sessions.lockout.recordFailure({ account: 'alice' });
    });
    expect(await failures(bench)).toBe(0);
    expect((await bench.sessions.list('alice')).data).toHaveLength(1);
  });

  test('A68 has failed from the sixth time on', async () => {
    const bench = await leaveAll(Array.from({ length: 7 }, () => 'wrong'));
    // Counted behind the back of those who left.
    await waitUntil('two have failed', async () => (await failures(bench)) === 2);
  });

  test('A68 guesses nothing where it left too late, not even once the delay is over', async () => {
    const words = Array.from({ length: 20 }, () => password);
    const bench = await leaveAll(words, async ({ store, time }) => {
      // Asked on the way in for account and address; left behind; five counted on their addresses alone, the others on the account;
      // four of these on their addresses, and the rest, refused, asked again for both.
      const counts = (): number => store.calls.filter((name) => name === 'count').length;
      await waitUntil('all are judged', () => counts() === 2 * 20 + 20 + 5 + 15 + 4 + 2 * 11);
      await new Promise(setImmediate);
      time.advance(second);
    });
    expect((await bench.sessions.list('alice')).data).toHaveLength(9);
  });
});
