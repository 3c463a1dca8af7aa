import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { Webhook } from 'standardwebhooks';
import { type DeliveryResult, type WebhookSinkOptions, webhookSink } from '../../../lib';
import { freePort } from '../../harness/free-port';
import { entryOf } from '../fixtures/entries';
import { type Received, Receiver } from '../fixtures/receiver';

const secretOf = (bytes = 32): string => `whsec_${randomBytes(bytes).toString('base64')}`;

let receiver: Receiver;
beforeEach(async () => (receiver = await Receiver.listen()));
afterEach(() => receiver.close());

const never = new AbortController().signal;

const sinkTo = (given: Partial<WebhookSinkOptions> = {}) =>
  webhookSink({ url: receiver.url, secret: secretOf(), ...given });

async function deliver(given: Partial<WebhookSinkOptions> = {}, entries = [entryOf()]): Promise<DeliveryResult> {
  return (await sinkTo(given).deliver(entries, never)) as DeliveryResult;
}

const answering =
  (status: number, headers: Record<string, string> = {}) =>
  (_: Received, response: ServerResponse): void =>
    void response.writeHead(status, headers).end('what the receiver says');

test('a message verifies with another implementation of Standard Webhooks, and not when it was changed', async () => {
  const secret = secretOf();
  const entry = entryOf({ reason: 'a\nreason “of” her own', subject: 'älice' });
  expect(await deliver({ secret }, [entry])).toEqual({ failed: [] });
  const [{ headers, body } = {}] = receiver.received;
  const verifier = new Webhook(secret);
  expect(verifier.verify(body!, headers as Record<string, string>)).toEqual({
    type: 'audit.session_revoked',
    timestamp: entry.at,
    data: entry,
  });
  expect(headers).toMatchObject({ 'webhook-id': entry.id, 'content-type': 'application/json' });
  expect(() => verifier.verify(body!.replace('älice', 'bob'), headers as Record<string, string>)).toThrow();
  expect(() => new Webhook(secretOf()).verify(body!, headers as Record<string, string>)).toThrow();
});

test('while secrets are being changed, a message verifies with the old one and with the new one', async () => {
  const [old, next] = [secretOf(), secretOf(24)];
  await deliver({ secret: [next, old] });
  const [{ headers, body } = {}] = receiver.received;
  for (const secret of [old, next]) {
    expect(() => new Webhook(secret).verify(body!, headers as Record<string, string>)).not.toThrow();
  }
});

test('each entry is a message of its own, in order, stamped with the time of the attempt', async () => {
  const ids = ['AAAAAAAAAAA', 'BBBBBBBBBBB', 'CCCCCCCCCCC'];
  const at = Date.UTC(2027, 4, 5);
  await deliver(
    { clock: () => at },
    ids.map((id) => entryOf({ id })),
  );
  expect(receiver.ids).toEqual(ids);
  expect(receiver.received.map(({ headers }) => headers['webhook-timestamp'])).toEqual(
    ids.map(() => String(at / 1_000)),
  );
});

test.each([500, 400, 301, 302, 307, 404])(
  'an answer of %i is a failure, and what it says is kept nowhere',
  async (status) => {
    receiver.answer = answering(status, { location: `${receiver.url}/elsewhere` });
    const { failed } = await deliver();
    expect(failed).toEqual([
      { id: entryOf().id, because: `the receiver answered ${status}`, retryAfter: undefined },
    ]);
    // no redirect was followed: it may lead into one's own network
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hook']);
  },
);

test('410 is final, for all that was to come as well', async () => {
  receiver.answer = answering(410);
  const { failed } = await deliver({}, [entryOf(), entryOf({ id: 'BBBBBBBBBBB' })]);
  expect(failed).toEqual(
    ['AAAAAAAAAAA', 'BBBBBBBBBBB'].map((id) => ({ id, because: 'the receiver answered 410', final: true })),
  );
  expect(receiver.received).toHaveLength(1);
});

test.each([
  ['120', 120_000],
  ['Fri, 01 Jan 2027 00:01:00 GMT', 60_000],
  ['999999999', 24 * 3_600_000],
  ['Fri, 01 Jan 2021 00:01:00 GMT', undefined],
  ['soon', undefined],
])('503 with Retry-After: %s says when to come again', async (value, expected) => {
  receiver.answer = answering(503, { 'retry-after': value });
  const { failed } = await deliver({ clock: () => Date.UTC(2027, 0, 1) });
  expect(failed[0]?.retryAfter).toBe(expected);
});

test('one that is refused for what it holds does not keep the others; a receiver that is away is spared them', async () => {
  const entries = ['AAAAAAAAAAA', 'BBBBBBBBBBB', 'CCCCCCCCCCC'].map((id) => entryOf({ id }));
  receiver.answer = (message, response) =>
    answering(message.headers['webhook-id'] === 'BBBBBBBBBBB' ? 422 : 200)(message, response);
  expect((await deliver({}, entries)).failed.map(({ id }) => id)).toEqual(['BBBBBBBBBBB']);
  expect(receiver.received).toHaveLength(3);
  receiver.answer = answering(503);
  expect((await deliver({}, entries)).failed.map(({ id }) => id)).toEqual(entries.map(({ id }) => id));
  expect(receiver.received).toHaveLength(4);
});

test('one that does not answer is given up when its time is over', async () => {
  receiver.answer = () => undefined;
  const { failed } = await deliver({ timeout: '100ms' });
  expect(failed).toEqual([{ id: entryOf().id, because: 'the receiver did not answer in time' }]);
});

test('the status alone counts, where an answer never ends or is cut off as well', async () => {
  const unending = (status: number) => (_: Received, response: ServerResponse) => {
    response.writeHead(status).write('x');
  };
  receiver.answer = unending(200);
  expect(await deliver({ timeout: '5s' })).toEqual({ failed: [] });
  receiver.answer = unending(410);
  expect((await deliver({ timeout: '5s' })).failed).toEqual([
    { id: entryOf().id, because: 'the receiver answered 410', final: true },
  ]);
  receiver.answer = (_, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('x', () => response.destroy());
  };
  expect(await deliver({ timeout: '5s' })).toEqual({ failed: [] });
});

test('of an endless answer no more is read than a little', async () => {
  let written = 0;
  receiver.answer = (_, response) => {
    response.writeHead(200);
    const more = (): void => {
      if (response.destroyed) return;
      written += 65_536;
      response.write(Buffer.alloc(65_536), () => setImmediate(more));
    };
    more();
  };
  expect(await deliver({ timeout: '15s' })).toEqual({ failed: [] });
  expect(written).toBeLessThan(50 * 1_048_576);
});

test('one that cannot be reached says so by its code, without the address', async () => {
  const port = await freePort();
  const { failed } = await deliver({ url: `http://127.0.0.1:${port}/hook?token=hidden` });
  expect(failed).toEqual([{ id: entryOf().id, because: 'the receiver could not be reached (ECONNREFUSED)' }]);
});

test('own headers are sent, and its own fetch is used', async () => {
  const seen: string[] = [];
  const through: typeof fetch = (input, init) => {
    seen.push((input as URL).href);
    return fetch(input, init);
  };
  await deliver({ headers: { authorization: 'Bearer x' }, fetch: through });
  expect(receiver.received[0]?.headers.authorization).toBe('Bearer x');
  expect(seen).toEqual([receiver.url]);
});

test('A65 the secret shows nowhere: not in the sink, not in errors', () => {
  const secret = secretOf();
  const sink = webhookSink({ url: receiver.url, secret });
  expect(inspect(sink, { depth: null, showHidden: true })).not.toContain(secret.slice(6));
  for (const wrong of [secret.slice(6), `whsec_${'é'.repeat(40)}`, secretOf(8), secretOf(65)]) {
    expect(errorOf(() => sinkTo({ secret: wrong }))).toMatch(/^webhookSink.secret: expected whsec_/);
    expect(errorOf(() => sinkTo({ secret: wrong }))).not.toContain(wrong.slice(6, 20));
  }
});

test.each([
  ['http://example.com/hook', /https, or http to this machine/],
  ['http://127.0.0.1.example.com/hook', /https, or http to this machine/],
  ['https://user:pass@example.com/', /no user name or password/],
  ['ftp://example.com', /https/],
  ['/hook', /absolute https address/],
])('the address %s is refused', (url, message) => {
  expect(errorOf(() => sinkTo({ url }))).toMatch(message);
});

test.each(['https://example.com/hook', 'http://localhost:1/', 'http://[::1]:1/'])(
  'the address %s is taken',
  (url) => {
    expect(sinkTo({ url })).toMatchObject({ name: 'webhook', durable: true });
  },
);

test.each([
  [{ headers: { 'Webhook-Id': 'x' } }, /headers: expected none that the sink sets/],
  [{ headers: { 'x-a': 'b\r\nc: d' } }, /headers: expected names and texts/],
  [{ timeout: '2m' }, /timeout: expected 100ms to 60s/],
  [{ secret: [] }, /secret: expected one secret/],
  [{ secret: undefined }, /^webhookSink.secret: expected whsec_ .*, got undefined$/],
  [{ url: undefined }, /^webhookSink.url: expected an absolute https address/],
  [{ secrets: 'x' }, /did you mean 'secret'/],
] as const)('options that cannot hold are refused: %j', (given, message) => {
  expect(errorOf(() => sinkTo(given as unknown as WebhookSinkOptions))).toMatch(message);
});

function errorOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was thrown';
}
