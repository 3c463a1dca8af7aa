import express from 'express';
import { problem } from '../../lib/contract/problem';
import type { Answer, Browser } from './fixtures/browser';
import { HttpBench } from './fixtures/http-bench';

const refreshUrl = '/api/v1/sessions/refresh';
const token = (length: number): string => `srt_${'A'.repeat(length - 4)}`;

async function withoutTheStore(bench: HttpBench, send: () => Promise<Answer>): Promise<Answer> {
  let answer: Answer | undefined;
  expect(await bench.store.callsDuring(async () => (answer = await send()))).toEqual([]);
  return answer!;
}

const post = (browser: Browser, refreshToken: string) => browser.post(refreshUrl).send({ refreshToken });

describe('B23 A56 a token that is too large', () => {
  test('of a megabyte in a body is 413, and nobody asks the store', async () => {
    const bench = new HttpBench();
    const answer = await withoutTheStore(bench, () => post(bench.browser(), token(1_000_000)));
    expect(answer.status).toBe(413);
    expect(problem.parse(answer.body)).toMatchObject({ code: 'payload_too_large' });
  });

  test.each([1_000, 60_000])('of %i bytes in a body is refused, and nobody asks the store', async (length) => {
    const bench = new HttpBench();
    const answer = await withoutTheStore(bench, () => post(bench.browser(), token(length)));
    expect([answer.status, problem.parse(answer.body).code]).toEqual([401, 'token_invalid']);
  });

  test('of a megabyte is refused also where a parser of the app lets it through', async () => {
    const json = express.json({ limit: '2mb' });
    const bench = new HttpBench({ before: (app) => void app.use('/', json as never) });
    const answer = await withoutTheStore(bench, () => post(bench.browser(), token(1_000_000)));
    expect([answer.status, problem.parse(answer.body).code]).toEqual([401, 'token_invalid']);
  });

  test.each(['Authorization', 'Cookie'])(
    'of 10,000 bytes in %s is refused, and nobody asks the store',
    async (name) => {
      const bench = new HttpBench();
      const value = name === 'Cookie' ? `__Host-sk-refresh=${token(10_000)}` : `Bearer ${token(10_000)}`;
      const answer = await withoutTheStore(bench, () => bench.browser().get('/me', { [name]: value }));
      expect(answer.status).toBe(401);
    },
  );
});
