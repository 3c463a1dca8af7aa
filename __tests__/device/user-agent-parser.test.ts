import { unknownDevice, userAgentParser } from '../../lib/device/user-agent-parser';
import { hostileUserAgents, userAgents } from '../fixtures/user-agents';

test.each([
  ['firefoxOnLinux', { browser: 'Firefox', browserVersion: '140.0', os: 'Linux', type: 'desktop', model: null }],
  [
    'chromeOnWindows',
    { browser: 'Chrome', browserVersion: '138', os: 'Windows', osVersion: null, type: 'desktop' },
  ],
  [
    'chromeOnPixel',
    { browser: 'Chrome', browserVersion: '138', os: 'Android', osVersion: '15', type: 'phone', model: 'Pixel 9' },
  ],
  ['safariOnIphone', { os: 'iOS', osVersion: '18.5', type: 'phone', model: 'iPhone' }],
  ['safariOnIpad', { os: 'iOS', type: 'tablet', model: 'iPad' }],
  [
    'edgeOnMac',
    { browser: 'Edge', browserVersion: '138', os: 'Mac OS', osVersion: null, type: 'desktop', model: null },
  ],
  ['samsungTv', { os: 'Tizen', type: 'tv' }],
  ['playstation', { type: 'console', model: 'PlayStation 5' }],
  ['tesla', { type: 'other' }],
  ['googlebot', { type: 'bot' }],
  ['curl', { type: 'api', browser: 'curl', browserVersion: '8.5.0' }],
  ['node', { type: 'api', browser: 'Node.js' }],
] as const)('%s is recognised', (name, expected) => {
  expect(userAgentParser.parse({ userAgent: userAgents[name] })).toMatchObject(expected);
});

test('a reduced user agent of Android names neither its version nor a model', () => {
  const userAgent = `Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Mobile Safari/537.36`;
  const device = { browserVersion: '138', os: 'Android', osVersion: null, type: 'phone', model: null };
  expect(userAgentParser.parse({ userAgent })).toMatchObject(device);
});

test.each([
  ['Windows NT 10.0; Win64; x64; rv:140.0', 'Windows', null],
  ['Windows NT 6.1; Win64; x64; rv:115.0', 'Windows', '7'],
  ['Macintosh; Intel Mac OS X 10.15; rv:140.0', 'Mac OS', null],
  ['Macintosh; Intel Mac OS X 10.14; rv:115.0', 'Mac OS', '10.14'],
])('Firefox on %s: what it says of every version is left out, what it means is kept', (says, os, osVersion) => {
  const userAgent = `Mozilla/5.0 (${says}) Gecko/20100101 Firefox/140.0`;
  expect(userAgentParser.parse({ userAgent })).toMatchObject({
    browserVersion: '140.0',
    os,
    osVersion,
    model: null,
  });
});

test("Safari's version is its own, its system's and model's are left out", () => {
  const userAgent =
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15';
  const device = { browser: 'Safari', browserVersion: '18.5', os: 'Mac OS', osVersion: null, model: null };
  expect(userAgentParser.parse({ userAgent })).toMatchObject(device);
});

test('nothing is known of a client that says nothing, and of one that nobody knows', () => {
  expect(userAgentParser.parse({})).toEqual(unknownDevice);
  expect(userAgentParser.parse({ userAgent: '' })).toEqual(unknownDevice);
  expect(userAgentParser.parse({ userAgent: 'MyApp' })).toEqual(unknownDevice);
});

test.each([
  ['Robotics/1.0 (X11; Linux)', 'desktop'],
  ['Mozilla/5.0 (X11; Linux) CURL/1', 'desktop'],
  ['Mozilla/5.0 (X11; Linux) HeadlessChrome/1', 'bot'],
  ['okhttp/4.9', 'api'],
  ['Nodepad (X11; Linux)', 'desktop'],
])('%s is a %s', (userAgent, type) => {
  expect(userAgentParser.parse({ userAgent }).type).toBe(type);
});

test.each(Object.entries(hostileUserAgents))('%s harm nobody', (_, userAgent) => {
  expect(userAgentParser.parse({ userAgent: userAgent.slice(0, 512) }).type).toEqual(expect.any(String));
});
