import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { waitUntil } from '../harness/wait-until';
import { startExample, stopExamples } from './start-example';

afterAll(stopExamples);

test.each(['SIGTERM', 'SIGINT'] as const)(
  'the quickstart ends cleanly on %s, although a client keeps its connection open (B31)',
  async (signal) => {
    const { example, url } = await startExample('quickstart/server.js');
    const response = await fetch(`${url}/health`);
    await response.text();
    expect(await example.stop(signal)).toEqual({ code: 0, signal: null });
  },
);

test('the quickstart answers a request in flight before it ends (B31)', async () => {
  const { example, url } = await startExample('quickstart/server.js');
  const body = JSON.stringify({ username: 'alice', password: 'wonderland' });
  const signingIn = await openRequest(url, body.length);
  const ended = example.stop();
  await waitUntil('it takes no more connections', () => refuses(url));
  signingIn.end(body);
  const [response] = (await once(signingIn, 'response')) as [IncomingMessage];
  response.resume();
  expect(response.statusCode).toBe(200);
  expect(await ended).toEqual({ code: 0, signal: null });
});

test('the quickstart says so when its port is taken', async () => {
  const { url } = await startExample('quickstart/server.js');
  await expect(startExample('quickstart/server.js', { PORT: new URL(url).port })).rejects.toThrow('EADDRINUSE');
});

/** A sign-in of which the server has the headers: it has said that the body may follow. */
async function openRequest(url: string, length: number): Promise<ClientRequest> {
  const headers = { 'Content-Type': 'application/json', 'Content-Length': length, Expect: '100-continue' };
  const opened = request(`${url}/login`, { method: 'POST', headers });
  opened.flushHeaders();
  await once(opened, 'continue');
  return opened;
}

async function refuses(url: string): Promise<boolean> {
  try {
    await fetch(url, { headers: { Connection: 'close' } }).then((response) => response.text());
    return false;
  } catch {
    return true;
  }
}
