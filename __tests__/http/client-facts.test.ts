import type { Express } from 'express';
import { canonicalAddress } from '../../lib/device/canonical-address';
import { clientFacts } from '../../lib/http/client-facts';
import { hostileUserAgents, userAgents } from '../fixtures/user-agents';
import { frameworks, type TestApp } from './fixtures/frameworks';
import { HttpBench } from './fixtures/http-bench';

interface Seen {
  session: { ip: string | null; userAgent: string | null };
}

async function seenBy(bench: HttpBench, headers: Record<string, string>): Promise<Seen['session']> {
  const { body } = await bench.browser().post('/login', headers).expect(200);
  return (body as Seen).session;
}

const trusting =
  (trusted: unknown) =>
  (app: TestApp): void =>
    void (app as unknown as Express).set('trust proxy', trusted);

describe.each(frameworks)('the caller on $name', (framework) => {
  test('A50: is the socket’s address, whatever forwarded headers say', async () => {
    const bench = new HttpBench({ framework });
    const { ip } = await seenBy(bench, { 'X-Forwarded-For': '203.0.113.9', Forwarded: 'for=203.0.113.9' });
    expect(ip).toBe('127.0.0.1');
  });
});

describe('behind a proxy that Express trusts', () => {
  test.each([
    ['203.0.113.9', '203.0.113.9'],
    ['203.0.113.9, 198.51.100.1', '203.0.113.9'],
    ['2001:DB8::0:1', '2001:db8::1'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['203.0.113.9:4711', '203.0.113.9'],
    ['<script>', null],
  ])('the caller is who %s says it is', async (forwarded, ip) => {
    expect((await seenBy(new HttpBench({ before: trusting(true) }), { 'X-Forwarded-For': forwarded })).ip).toBe(ip);
  });

  test('only as far as it is trusted', async () => {
    const bench = new HttpBench({ before: trusting('loopback') });
    expect((await seenBy(bench, { 'X-Forwarded-For': '10.9.9.9, 203.0.113.9' })).ip).toBe('203.0.113.9');
  });
});

test.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:c000:0201', '192.0.2.1'],
  ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
  ['2001:0DB8:0000:0000:0000:0000:0000:0001', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['[2001:db8::1]:443', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['::1', '::1'],
  ['192.0.2.1:80', '192.0.2.1'],
  ['192.0.2.256', undefined],
  ['192.0.2.256:80', undefined],
  ['unknown', undefined],
  ['', undefined],
  ['1'.repeat(100), undefined],
  [undefined, undefined],
])('A50: %s is written %s', (text, canonical) => {
  expect(canonicalAddress(text)).toBe(canonical);
});

test('A58: a user agent is cut at 512 characters, and hints at 256', () => {
  const headers = {
    'user-agent': 'x'.repeat(16_000),
    'sec-ch-ua': 'y'.repeat(1000),
    'sec-ch-ua-mobile': '?1',
    'sec-ch-ua-model': 'z',
  };
  const facts = clientFacts({ headers, socket: { remoteAddress: '192.0.2.1' } } as never);
  expect(facts.userAgent).toHaveLength(512);
  expect(facts.hints!['sec-ch-ua']).toHaveLength(256);
  expect(facts.hints).toMatchObject({ 'sec-ch-ua-mobile': '?1', 'sec-ch-ua-model': 'z' });
});

test('a caller that says nothing is described by nothing', () => {
  expect(clientFacts({ headers: {}, socket: {} } as never)).toEqual({});
});

describe('A58 B28 C-XSS: a hostile user agent', () => {
  // Header text that node:http takes; larger ones it answers with 431 itself.
  const sendable = Object.entries(hostileUserAgents)
    .map(([name, text]) => ({ name, text: text.slice(0, 8_000) }))
    .filter(({ text }) => /^[\t\x20-\x7e]*$/.test(text));

  test.each(sendable)('of $name signs in in no time and comes back as JSON text, cut', async ({ text }) => {
    const bench = new HttpBench();
    await seenBy(bench, {});
    const start = performance.now();
    const { userAgent } = await seenBy(bench, { 'User-Agent': text });
    expect(performance.now() - start).toBeLessThan(500);
    expect((userAgent ?? '').length).toBeLessThanOrEqual(512);
  });
});

test('the device is told from the user agent', async () => {
  const bench = new HttpBench();
  const { body } = await bench.browser().post('/login', { 'User-Agent': userAgents.safariOnIphone }).expect(200);
  expect(body).toMatchObject({ session: { device: { os: 'iOS', type: 'phone' } } });
});
