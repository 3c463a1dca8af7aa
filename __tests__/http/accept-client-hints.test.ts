import { acceptClientHints } from '../../lib';
import { hinted } from '../fixtures/client-hints';
import { type Handler, frameworks, mount } from './fixtures/frameworks';
import { HttpBench } from './fixtures/http-bench';

const asked = 'Sec-CH-UA-Full-Version-List, Sec-CH-UA-Platform-Version, Sec-CH-UA-Model, Sec-CH-UA-Form-Factors';

const page: Handler = (_req, res) => void res.end('<form>');

describe.each(frameworks)('acceptClientHints on $name', (framework) => {
  test('asks for what tells devices apart', async () => {
    const bench = new HttpBench({ framework, before: (app) => mount(app, '/page', acceptClientHints(), page) });
    expect((await bench.browser().get('/page').expect(200)).get('Accept-CH')).toBe(asked);
    expect((await bench.browser().get('/me')).get('Accept-CH')).toBeUndefined();
  });

  test('leaves what others ask for, and asks for nothing twice', async () => {
    const others: Handler = (_req, res, next) => {
      res.setHeader('Accept-CH', 'DPR, sec-ch-ua-model');
      next();
    };
    const handlers = [others, acceptClientHints(), acceptClientHints(), page] as const;
    const bench = new HttpBench({ framework, before: (app) => mount(app, '/page', ...handlers) });
    expect((await bench.browser().get('/page').expect(200)).get('Accept-CH')).toBe(
      'DPR, sec-ch-ua-model, Sec-CH-UA-Full-Version-List, Sec-CH-UA-Platform-Version, Sec-CH-UA-Form-Factors',
    );
  });
});

test('a session shows what the hints of its sign-in told', async () => {
  const { userAgent, hints } = hinted.chromeOnPixel;
  const answer = await new HttpBench()
    .browser()
    .post('/login', { 'User-Agent': userAgent, ...hints })
    .expect(200);
  const device = { browser: 'Chrome', os: 'Android', osVersion: '15', type: 'phone', model: 'Pixel 9' };
  expect(answer.body).toMatchObject({ session: { device } });
});
