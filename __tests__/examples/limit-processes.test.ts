import { request } from 'node:http';
import { type RedisServer, startRedis } from '../harness/redis-server';
import { startExample, stopExamples } from './start-example';

jest.setTimeout(60_000);

const body = JSON.stringify({ username: 'alice', password: 'wonderland', transport: 'bearer' });

let redis: RedisServer;

beforeEach(async () => {
  redis = await startRedis();
});

afterEach(async () => {
  await stopExamples();
  await redis.stop();
});

interface Answer {
  status: number;
  body: { code?: string; tokens?: { accessToken: string }; data?: { id: string }[] };
}

function send(url: string, method: string, headers: Record<string, string>, text = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // A connection of its own for each: one that is kept may be closed just as it is used again.
    const sent = request(url, { method, headers, agent: false }, (response) => {
      let answer = '';
      response.on('data', (chunk) => (answer += String(chunk)));
      response.on('end', () =>
        resolve({ status: response.statusCode!, body: JSON.parse(answer) as Answer['body'] }),
      );
    });
    sent.on('error', reject);
    sent.end(text);
  });
}

/** A sign-in; on a machine too busy for the store's deadline it is told 503, has left nothing behind, and is sent again. */
async function signIn(url: string): Promise<Answer> {
  for (;;) {
    const answer = await send(`${url}/login`, 'POST', { 'Content-Type': 'application/json' }, body);
    if (answer.status !== 503) return answer;
  }
}

const get = (url: string, { body: { tokens } }: Answer): Promise<Answer> =>
  send(url, 'GET', { Authorization: `Bearer ${tokens!.accessToken}` });

/** Four servers on one Redis, and fifty sign-ins of one user at each, all at once; `loginGuard` lets right passwords be. */
async function race(onExceeded: string): Promise<{ urls: string[]; answers: Answer[] }> {
  // One thread each for the hashing of passwords: sixteen of them would keep the servers from their work.
  const env = { REDIS_URL: redis.url, ON_EXCEEDED: onExceeded, UV_THREADPOOL_SIZE: '1' };
  const servers = Array.from({ length: 4 }, () => startExample('quickstart/server.js', env));
  const urls = (await Promise.all(servers)).map(({ url }) => url);
  const answers = await Promise.all(Array.from({ length: 200 }, (_, index) => signIn(urls[index % 4]!)));
  return { urls, answers };
}

const withStatus = (answers: Answer[], wanted: number): Answer[] =>
  answers.filter(({ status }) => status === wanted);

/** How many were told what. */
function tally(answers: Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const {
    status,
    body: { code },
  } of answers) {
    const told = code === undefined ? `${status}` : `${status} ${code}`;
    counts[told] = (counts[told] ?? 0) + 1;
  }
  return counts;
}

async function survivors(urls: string[], answers: Answer[]): Promise<Answer[]> {
  const checks = await Promise.all(answers.map((answer, index) => get(`${urls[index % 4]!}/me`, answer)));
  return answers.filter((_, index) => checks[index]!.status === 200);
}

async function listed(urls: string[], survivor: Answer): Promise<number[]> {
  const lists = await Promise.all(urls.map((url) => get(`${url}/api/v1/sessions`, survivor)));
  return lists.map(({ body: { data } }) => data!.length);
}

test('200 sign-ins at once at 4 processes with a limit of 3: three are in, 197 are refused (A40, B21)', async () => {
  const { urls, answers } = await race('reject');
  expect(tally(answers)).toEqual({ '200': 3, '409 session_limit_reached': 197 });
  const created = withStatus(answers, 200);
  expect(await survivors(urls, created)).toHaveLength(3);
  expect(await listed(urls, created[0]!)).toEqual([3, 3, 3, 3]);
});

test.each(['evict-oldest', 'evict-least-recent'])(
  '200 sign-ins at once at 4 processes with %s at 3: all get in, and three are left (A40, B21)',
  async (onExceeded) => {
    const { urls, answers } = await race(onExceeded);
    expect(tally(answers)).toEqual({ '200': 200 });
    const left = await survivors(urls, answers);
    expect(left).toHaveLength(3);
    expect(await listed(urls, left[0]!)).toEqual([3, 3, 3, 3]);
  },
);
