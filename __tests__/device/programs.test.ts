import { readProgram } from '../../lib/device/programs';
import { userAgentParser } from '../../lib/device/user-agent-parser';
import { hostileUserAgents, userAgents } from '../fixtures/user-agents';

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';

test.each([
  ['curl/8.5.0', 'curl', '8.5.0'],
  ['Wget/1.21.4', 'Wget', '1.21.4'],
  ['python-requests/2.32.3', 'Requests', '2.32.3'],
  ['python-httpx/0.27.0', 'HTTPX', '0.27.0'],
  ['Python-urllib/3.12', 'urllib', '3.12'],
  ['Python/3.12 aiohttp/3.9.5', 'aiohttp', '3.9.5'],
  ['Go-http-client/2.0', 'Go-http-client', '2.0'],
  ['okhttp/4.12.0', 'OkHttp', '4.12.0'],
  ['axios/1.7.2', 'axios', '1.7.2'],
  ['node', 'Node.js', null],
  ['undici', 'undici', null],
  ['node-fetch/1.0 (+https://github.com/bitinn/node-fetch)', 'node-fetch', '1.0'],
  ['PostmanRuntime/7.39.0', 'Postman', '7.39.0'],
  ['insomnia/9.2.0', 'Insomnia', '9.2.0'],
  ['Dart/3.4 (dart:io)', 'Dart', '3.4'],
  ['Java/17.0.11', 'Java', '17.0.11'],
  ['Java-http-client/21.0.3', 'Java', '21.0.3'],
  ['Apache-HttpClient/4.5.14 (Java/17.0.11)', 'Apache-HttpClient', '4.5.14'],
  ['Ruby', 'Ruby', null],
  ['Deno/1.45.2', 'Deno', '1.45.2'],
  ['Bun/1.1.20', 'Bun', '1.1.20'],
  ['MyBackend/2.1 axios/1.7.2', 'axios', '1.7.2'],
])('%s is a program of somebody’s', (userAgent, browser, browserVersion) => {
  const device = { type: 'api', browser, browserVersion, os: null, osVersion: null, model: null };
  expect(userAgentParser.parse({ userAgent })).toEqual(device);
});

test.each([
  [userAgents.googlebot, 'Googlebot', '2.1'],
  [
    `Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) ${webkit} Chrome/126.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)`,
    'Googlebot',
    '2.1',
  ],
  ['Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)', 'bingbot', '2.0'],
  [`Mozilla/5.0 ${webkit}; compatible; GPTBot/1.2; +https://openai.com/gptbot`, 'GPTBot', '1.2'],
  ['Mozilla/5.0 (compatible; SomeReader/1.0; +https://reader.example/bot.html)', 'SomeReader', '1.0'],
  ['AdsBot-Google (+http://www.google.com/adsbot.html)', 'AdsBot-Google', null],
  ['Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)', 'Slackbot-LinkExpanding', null],
  ['facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)', 'facebookexternalhit', '1.1'],
  ['Mozilla/5.0 (compatible; Baiduspider/2.0)', 'Baiduspider', '2.0'],
  ['CCBot/2.0 (https://commoncrawl.org/faq/)', 'CCBot', '2.0'],
  ['some-crawler', 'some-crawler', null],
])('%s comes by itself', (userAgent, browser, browserVersion) => {
  const device = { type: 'bot', browser, browserVersion, os: null, osVersion: null, model: null };
  expect(userAgentParser.parse({ userAgent })).toEqual(device);
});

test.each([
  [`Mozilla/5.0 (X11; Linux x86_64) ${webkit} HeadlessChrome/150.0.0.0 Safari/537.36`, 'Chrome Headless', 'Linux'],
  [
    `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} HeadlessChrome/150.0.0.0 Safari/537.36 HeadlessEdg/150.0.0.0`,
    'Edge',
    'Windows',
  ],
])('%s is a browser that a program drives: its version and its system are known', (userAgent, browser, os) => {
  const device = { type: 'bot', browser, browserVersion: '150', os };
  expect(userAgentParser.parse({ userAgent })).toMatchObject(device);
});

test('a crawler that is driven that way is called by its own name', () => {
  const userAgent = `Mozilla/5.0 ${webkit} HeadlessChrome/150.0.0.0 Safari/537.36 (compatible; Googlebot/2.1)`;
  expect(userAgentParser.parse({ userAgent })).toMatchObject({ type: 'bot', browser: 'Googlebot', os: null });
});

test.each([
  [
    'a telephone of that maker',
    `Mozilla/5.0 (Linux; Android 9; CUBOT NOTE 20) ${webkit} Chrome/100.0.0.0 Mobile Safari/537.36`,
    'phone',
  ],
  ['an app on a telephone', 'MyApp/3.2 (Android 14; Pixel 8) okhttp/4.12.0', 'phone'],
  ['an Android app', 'Dalvik/2.1.0 (Linux; U; Android 13; Pixel 6 Build/TQ1A)', 'phone'],
  ['an iOS app', 'MyApp/1 CFNetwork/1485 Darwin/23.1.0', 'phone'],
  ['what only sounds like one', 'Robotics/1.0 (X11; Linux)', 'desktop'],
  ['a browser', userAgents.chromeOnWindows, 'desktop'],
])('%s is none', (_, userAgent, type) => {
  expect(readProgram(userAgent)).toBeUndefined();
  expect(userAgentParser.parse({ userAgent }).type).toBe(type);
});

test.each(['constructor/1', '__proto__/1', 'toString', '/', 'bot', '/1', 'bot/', 'bot/x'])(
  '%s harms nobody',
  (userAgent) => {
    expect(userAgentParser.parse({ userAgent }).type).toEqual(expect.any(String));
  },
);

const words = {
  'one long word': 'a'.repeat(16_384),
  'a word of bots': 'bot_'.repeat(4_096),
  slashes: 'a/1 '.repeat(4_096),
};
test.each(Object.entries({ ...hostileUserAgents, ...words }))(
  'A58 B28 16 kB of %s cost less than 5 ms',
  (_, userAgent) => {
    const runs = Array.from({ length: 5 }, () => {
      const before = process.cpuUsage();
      for (let count = 0; count < 10; count++) readProgram(`${userAgent} bot`);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 10_000;
    });
    expect(Math.min(...runs)).toBeLessThan(5);
  },
);
