import fc from 'fast-check';
import { readClientHints } from '../../lib/device/client-hints';
import { userAgentParser } from '../../lib/device/user-agent-parser';
import { hinted } from '../fixtures/client-hints';

test.each([
  ['chromeOnWindows11', { browser: 'Chrome', browserVersion: '138.0.7204.158', os: 'Windows', osVersion: '11' }],
  ['chromeOnWindows10', { os: 'Windows', osVersion: '10', type: 'desktop', model: null }],
  ['chromeOnWindows7', { browserVersion: '109.0.5414.120', os: 'Windows', osVersion: '7' }],
  ['chromeOnWindows', { browserVersion: '138', os: 'Windows', osVersion: null, type: 'desktop' }],
  ['edgeOnWindows11', { browser: 'Edge', browserVersion: '138.0.3351.95', osVersion: '11', type: 'desktop' }],
  ['operaOnMac', { browser: 'Opera', browserVersion: '120.0.5543.61', os: 'Mac OS', osVersion: '15.5' }],
  ['braveOnMac', { browser: 'Brave', browserVersion: '138', os: 'Mac OS', osVersion: '14.6.1' }],
  ['chromeOnMac', { browser: 'Chrome', os: 'Mac OS', osVersion: null, type: 'desktop', model: null }],
  ['vivaldiOnLinux', { browser: 'Vivaldi', browserVersion: '7.5', os: 'Linux', osVersion: null, type: 'desktop' }],
  ['chromeOnUbuntu', { browser: 'Chrome', os: 'Ubuntu', osVersion: null, type: 'desktop' }],
  ['chromeOnChromebook', { os: 'Chromium OS', osVersion: '16295.54', type: 'desktop' }],
  ['chromeOnPixel', { browser: 'Chrome', os: 'Android', osVersion: '15', type: 'phone', model: 'Pixel 9' }],
  ['chromeOnAndroid', { os: 'Android', osVersion: null, type: 'phone', model: null }],
  ['chromeOnGalaxyTab', { os: 'Android', osVersion: '14', type: 'tablet', model: 'SM-X906C' }],
  ['chromeOnUnnamedTablet', { os: 'Android', osVersion: null, type: 'tablet', model: null }],
  ['chromeOnTelevision', { os: 'Android', osVersion: '12', type: 'tv', model: 'BRAVIA 4K VH2' }],
  ['webViewInFacebook', { browser: 'Facebook', browserVersion: '440', os: 'Android', type: 'phone' }],
  ['headlessChrome', { browser: 'Chrome Headless', type: 'bot', os: 'Linux', osVersion: null, model: null }],
] as const)('%s is recognised', (name, expected) => {
  expect(userAgentParser.parse(hinted[name])).toMatchObject(expected);
});

test('a browser and its system have the same names with hints and without, so that it stays one device', () => {
  for (const [name, { userAgent, hints }] of Object.entries(hinted)) {
    if (name === 'braveOnMac' || name === 'headlessChrome') continue;
    const { browser, os } = userAgentParser.parse({ userAgent });
    expect(userAgentParser.parse({ userAgent, hints })).toMatchObject({ browser, os });
  }
});

test('hints tell of a client that sends no user agent', () => {
  const { hints } = hinted.chromeOnPixel;
  expect(userAgentParser.parse({ hints })).toMatchObject({ browser: 'Chrome', os: 'Android', type: 'phone' });
});

test.each([
  ['"Watch"', 'wearable'],
  ['"XR"', 'wearable'],
  ['"Mobile", "EInk"', 'phone'],
  ['"Automotive"', 'other'],
  ['"Somewhat New"', 'desktop'],
])('form factors %s are a %s', (factors, type) => {
  const { userAgent, hints } = hinted.chromeOnWindows;
  const client = { userAgent, hints: { ...hints, 'sec-ch-ua-form-factors': factors } };
  expect(userAgentParser.parse(client).type).toBe(type);
});

test.each([
  ' Not A;Brand',
  'Not;A=Brand',
  'Not/A)Brand',
  '(Not(A:Brand',
  'Not?A_Brand',
  ';Not A Brand',
  'Not:A-Brand',
])('%j is a brand that stands for none', (grease) => {
  const list = `"${grease}";v="99", "Chromium";v="138"`;
  expect(readClientHints({ hints: { 'sec-ch-ua': list } })!.brand).toEqual({ name: 'Chromium', version: '138' });
  expect(readClientHints({ hints: { 'sec-ch-ua': `"${grease}";v="99"` } })!.brand).toBeUndefined();
});

test('a list that was cut counts as far as it goes', () => {
  const list = '"Chromium";v="138", "Google Chrome";v="138", "Not)A;Br';
  expect(readClientHints({ hints: { 'sec-ch-ua': list } })!.brand).toEqual({
    name: 'Google Chrome',
    version: '138',
  });
});

test.each(['__proto__', 'constructor', 'toString'])('a brand and a platform called %s harm nobody', (name) => {
  const hints = { 'sec-ch-ua': `"${name}";v="1"`, 'sec-ch-ua-platform': `"${name}"` };
  const device = userAgentParser.parse({ hints });
  expect(device).toMatchObject({ browser: name, browserVersion: '1', os: null });
});

test('A58 any hints at all give a device of texts', () => {
  const field = fc.oneof(
    fc.string({ maxLength: 256 }),
    fc.stringMatching(/^("[\\";,=a-zN?_ ]*"(;v="[0-9.]*")?[, ]*){0,9}$/),
  );
  const names = Object.keys(hinted.chromeOnPixel.hints);
  const hints = fc
    .array(field, { minLength: names.length, maxLength: names.length })
    .map((fields) => Object.fromEntries(fields.map((value, index) => [names[index]!, value])));
  fc.assert(
    fc.property(hints, fc.constantFrom(...Object.values(hinted)), (sent, { userAgent }) => {
      const { type, ...rest } = userAgentParser.parse({ userAgent, hints: sent });
      expect(typeof type).toBe('string');
      for (const text of Object.values(rest)) expect(text === null || typeof text === 'string').toBe(true);
    }),
  );
});
