import { hostileTexts, obeyedByTerminals } from '../fixtures/hostile-text';
import type { Answer, Browser } from '../http/fixtures/browser';
import { HttpBench } from '../http/fixtures/http-bench';

jest.setTimeout(60_000);

const path = '/api/v1/sessions';
const json = { 'Content-Type': 'application/json' };
const form = { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' };
/** What no answer has of itself. */
const marker = 'zq9x';

/** As far as it can be a header: node:http sends no line ends and no controls. */
function asHeader(text: string): string {
  return Buffer.from(text.replace(/[^\t\x20-\x7e\x80-\xff]/g, ''), 'latin1').toString('latin1');
}

async function everyAnswer(text: string): Promise<{ answers: Answer[]; pages: Answer[] }> {
  const bench = new HttpBench();
  const browser = bench.browser();
  Object.assign(browser.headers, {
    'User-Agent': `Mozilla/5.0 (${asHeader(text)}) Firefox/130.0`,
    'Sec-CH-UA-Platform': `"${asHeader(text)}"`,
    'Sec-CH-UA-Model': `"${asHeader(text)}"`,
  });
  const encoded = encodeURIComponent(text.toWellFormed());
  const login = await browser.post(`/login?user=${encoded}`).expect(200);
  const { id } = (login.body as { session: { id: string } }).session;
  const body = (value: object): string => JSON.stringify(value);

  const answers = [
    login,
    await browser.send('patch', `${path}/current`, json).send(body({ name: text })),
    await browser.send('patch', `${path}/current`, json).send(body({ name: text.slice(0, 60) })),
    await browser.send('patch', `${path}/current`, json).send(body({ [text]: text })),
    await browser.get(path),
    await browser.get(`${path}/current`),
    await browser.get(`${path}/activity`),
    await browser.get(`${path}?cursor=${encoded}`),
    await browser.get(`${path}?${encoded}=${encoded}`),
    await browser.get(`${path}/activity?limit=${encoded}`),
    await browser.get(`${path}/${encoded}`),
    await browser.send('delete', `${path}/${encoded}`),
    await browser.post(`${path}/refresh`, json).send(body({ refreshToken: text })),
    await browser.post(`${path}/limit-resolutions`, json).send(body({ resolutionToken: text, endSessionId: text })),
    await browser.post(`${path}/validate`, { Authorization: `Bearer ${asHeader(text).replace(/\s/g, '')}` }),
    await bench
      .browser()
      .post(`${path}/disown`, json)
      .send(body({ token: text })),
  ];
  // Once the device has a name: the page shows it.
  const issued = await bench.sessions.disowning.issue(id);
  const token = issued.status === 'issued' ? issued.token : '';
  const stranger: Browser = bench.browser();
  const pages = [
    await stranger.get(`${path}/disown?token=${token}`, form),
    await stranger.get(`${path}/disown?token=${encoded}`, form),
    await stranger.get(`${path}/disown?token=${token}&${encoded}=${encoded}`, form),
    await stranger.post(`${path}/disown`, form).send(`token=${encoded}`),
    await stranger.post(`${path}/disown`, form).send(`token=${token}`),
  ];
  await bench.sessions.close();
  return { answers, pages };
}

describe.each(Object.entries(hostileTexts))('%s', (_, text) => {
  let answers: Answer[];
  let pages: Answer[];
  beforeAll(async () => ({ answers, pages } = await everyAnswer(`${marker}${text}`)));

  test('B24 gets into no header', () => {
    for (const { headers } of [...answers, ...pages]) expect(JSON.stringify(headers)).not.toContain(marker);
  });

  test('C-XSS comes out as JSON that nobody takes for a page', () => {
    const statuses = new Set(answers.map(({ status }) => status));
    expect([...statuses].filter((status) => ![200, 204, 400, 401, 403, 404].includes(status))).toEqual([]);
    for (const { text: answer, headers, status } of answers) {
      if (status === 204) continue;
      expect(String(headers['content-type'])).toMatch(/^application\/(problem\+)?json/);
      expect(answer.split('').filter((character) => character < ' ')).toEqual([]);
      expect(() => JSON.parse(answer) as unknown).not.toThrow();
    }
  });

  test('A66 is repeated by no refusal', () => {
    const refusals = answers.filter(({ status }) => status >= 400);
    expect(refusals.length).toBeGreaterThan(5);
    // A plain word may be: the name of an unknown member is one.
    const isPlain = /^\w+$/.test(text);
    for (const { text: answer } of refusals)
      expect(answer.includes(marker)).toBe(isPlain && answer.includes('unknown'));
  });

  test('A74 C-XSS is text on a page', () => {
    expect(pages[0]).toMatchObject({ status: 200, text: expect.stringContaining(marker) as string });
    for (const { text: page, headers } of pages) {
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      // The elements of the page itself, and no attribute that runs anything.
      const elements = new Set(Array.from(page.matchAll(/<\/?([a-z0-9]+)/gi), ([, name]) => name!.toLowerCase()));
      const own = 'html head meta title style body main h1 p strong dl dt dd bdi time form input button a'.split(
        ' ',
      );
      expect([...elements].filter((name) => !own.includes(name))).toEqual([]);
      expect(page).not.toMatch(/<[^>]*\son\w+\s*=/i);
      expect(page.replaceAll('\n', '')).not.toMatch(obeyedByTerminals);
    }
  });
});
