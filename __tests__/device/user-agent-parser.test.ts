import { unknownDevice, userAgentParser } from '../../lib/device/user-agent-parser';
import { hostileUserAgents, userAgents } from '../fixtures/user-agents';

test.each([
  ['firefoxOnLinux', { browser: 'Firefox', browserVersion: '140.0', os: 'Linux', type: 'desktop', model: null }],
  ['chromeOnWindows', { browser: 'Chrome', os: 'Windows', osVersion: '10', type: 'desktop' }],
  ['chromeOnPixel', { browser: 'Chrome', os: 'Android', osVersion: '15', type: 'phone', model: 'Pixel 9' }],
  ['safariOnIphone', { os: 'iOS', osVersion: '18.5', type: 'phone', model: 'iPhone' }],
  ['safariOnIpad', { os: 'iOS', type: 'tablet', model: 'iPad' }],
  ['edgeOnMac', { browser: 'Edge', os: 'Mac OS', type: 'desktop' }],
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
  const device = { browser: 'Chrome', os: 'Android', osVersion: null, type: 'phone', model: null };
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
