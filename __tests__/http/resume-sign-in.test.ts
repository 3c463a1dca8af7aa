import { resumeSignIn, type ResumeSignInInput } from '../../lib';
import { accessCookie, HttpBench, parameters } from './fixtures/http-bench';
import { frameworks, mount } from './fixtures/frameworks';

interface Reached {
  readonly resolutionToken: string;
  readonly sessions: readonly { readonly id: string }[];
}

function formApp(framework: (typeof frameworks)[number], extra: Partial<ResumeSignInInput> = {}): HttpBench {
  return new HttpBench({
    framework,
    options: { limit: { max: 1 } },
    routes: (app, sessions) =>
      mount(app, '/choose', async (req, res) => {
        const form = parameters(req);
        const outcome = await resumeSignIn(sessions, req, res, {
          resolutionToken: form.get('token') ?? '',
          endSessionId: form.get('end') ?? '',
          ...extra,
        });
        res.statusCode = outcome.status === 'created' ? 303 : outcome.error.status;
        if (outcome.status === 'created') res.setHeader('Location', '/');
        res.end(JSON.stringify({ status: outcome.status, hasTokens: 'tokens' in outcome }));
      }),
  });
}

describe.each(frameworks)('resumeSignIn on $name', (framework) => {
  test('ends the session chosen, signs in, and answers as the handler likes', async () => {
    const bench = formApp(framework);
    const first = await bench.signedIn();
    const browser = bench.browser();
    const { resolutionToken, sessions } = (await browser.post('/login').expect(409)).body as Reached;
    const chosen = `token=${resolutionToken}&end=${sessions[0]!.id}`;
    await browser.post(`/choose?${chosen}`).expect(303);
    expect(browser.value(accessCookie)).toMatch(/^sat_/);
    await browser.get('/me').expect(200);
    await first.get('/me').expect(401);
    const again = await browser.post(`/choose?${chosen}`).expect(401);
    expect(JSON.parse(again.text)).toEqual({ status: 'invalid', hasTokens: false });
  });
});

const [express5] = frameworks;

test('as bearer the handler gets the tokens', async () => {
  const bench = formApp(express5!);
  await bench.signedIn();
  const { body } = await bench.browser().post('/login?transport=bearer').expect(409);
  const { resolutionToken, sessions } = body as Reached;
  const answer = await bench.browser().post(`/choose?token=${resolutionToken}&end=${sessions[0]!.id}`).expect(303);
  expect(JSON.parse(answer.text)).toEqual({ status: 'created', hasTokens: true });
  expect(answer.get('Set-Cookie')).toBeUndefined();
});

test('A42 refuses another site’s form, unless the app checks a state of its own', async () => {
  for (const csrf of [true, false]) {
    const bench = formApp(express5!, { csrf });
    await bench.signedIn();
    const browser = bench.browser();
    const { resolutionToken, sessions } = (await browser.post('/login').expect(409)).body as Reached;
    const path = `/choose?token=${resolutionToken}&end=${sessions[0]!.id}`;
    const answer = await browser.post(path, { 'Sec-Fetch-Site': 'cross-site' });
    expect(answer.status).toBe(csrf ? 403 : 303);
  }
});
