import { requireSession } from '../../lib';
import { oneSession } from '../../lib/contract/one-session';
import { day, hour, minute } from '../fixtures/session-record';
import { type Answer, type Browser, type SetCookie, setCookiesOf } from './fixtures/browser';
import { mount } from './fixtures/frameworks';
import { accessCookie, HttpBench, refreshCookie, showSession } from './fixtures/http-bench';

const base = '/api/v1/sessions';

const tokensIn = (answer: Answer): SetCookie[] =>
  setCookiesOf(answer).filter(({ name }) => name === accessCookie || name === refreshCookie);

describe.each([
  { preset: 'nist-aal1', absolute: 30 * day, idle: null },
  { preset: 'nist-aal2', absolute: day, idle: hour },
  { preset: 'nist-aal3', absolute: 12 * hour, idle: 15 * minute },
] as const)('under $preset', ({ preset, absolute, idle }) => {
  const open = (): HttpBench =>
    new HttpBench({
      options: { lifetimes: preset },
      routes: (app, sessions) => mount(app, '/poll', requireSession(sessions, { slide: false }), showSession),
    });

  const deadlines = async (browser: Browser) =>
    oneSession.parse((await browser.get(`${base}/current`).expect(200)).body).session.deadlines;

  test.each(['', 'remember'])('A19: GET /current tells when each limit strikes (%s)', async (query) => {
    const bench = open();
    const browser = await bench.signedIn(query);
    const after = (milliseconds: number): string => new Date(bench.time.now() + milliseconds).toISOString();
    expect(await deadlines(browser)).toEqual({
      access: after(15 * minute),
      refresh: after(absolute),
      idle: idle === null ? null : after(idle),
      absolute: after(absolute),
    });
  });

  test.each(['', 'remember'])(
    'A18: polls that are no activity move no limit, and let it strike (%s)',
    async (query) => {
      const bench = open();
      const browser = await bench.signedIn(query);
      const before = await deadlines(browser);
      // To the last minute before the first limit that use would move.
      const step = (idle ?? absolute) / 5;
      for (let count = 1; count < 5; count++) {
        bench.time.advance(step);
        const { body } = await browser.get('/poll').expect(200);
        const { access: _access, ...now } = oneSession.parse(body).session.deadlines;
        expect(before).toMatchObject(now);
        await bench.sessions.flush();
      }
      bench.time.advance(step);
      expect((await browser.get('/poll').expect(401)).body).toMatchObject({ code: 'session_expired' });
    },
  );

  test('A15: cookies end with the browser unless the user asked to be remembered', async () => {
    const bench = open();
    const answer = await bench.browser().post('/login').expect(200);
    for (const { attributes } of tokensIn(answer)) {
      expect(attributes).not.toHaveProperty('max-age');
      expect(attributes).not.toHaveProperty('expires');
    }
  });

  test('A15: remembered ones last as long as the token in them, never past the absolute limit', async () => {
    const bench = open();
    const browser = bench.browser();
    const ages = (answer: Answer) =>
      Object.fromEntries(tokensIn(answer).map(({ name, attributes }) => [name, Number(attributes['max-age'])]));
    expect(ages(await browser.post('/login?remember').expect(200))).toEqual({
      [accessCookie]: (15 * minute) / 1000,
      [refreshCookie]: absolute / 1000,
    });
    const end = bench.time.now() + absolute;
    const step = idle === null ? 3 * day : idle - minute;
    while (bench.time.now() + step < end) {
      bench.time.advance(step);
      const left = (end - bench.time.now()) / 1000;
      for (const age of Object.values(ages(await browser.post(`${base}/refresh`).expect(200)))) {
        expect(age).toBeLessThanOrEqual(Math.min(left, 400 * 86_400));
      }
    }
  });
});
