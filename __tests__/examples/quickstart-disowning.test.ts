import { startExample, stopExamples } from './start-example';
import { iphoneSafari, signedIn } from './visitor';

afterAll(stopExamples);

test('the quickstart prints a link for a second device, with which anyone who reads it ends that sign-in', async () => {
  const { example, url } = await startExample('quickstart/server.js');
  const own = await signedIn(url);
  const thief = await signedIn(url, { userAgent: iphoneSafari });
  const [, path] = await example.prints(/Mail to alice: .*iOS[^\n]*\n\s+http:\/\/localhost:\d+(\S+)/);
  const page = await fetch(`${url}${path!}`, { headers: { Accept: 'text/html' } });
  expect(await page.text()).toContain('Was this you?');
  const token = new URL(path!, url).searchParams.get('token')!;
  const form = { method: 'POST', body: new URLSearchParams({ token }), headers: { Accept: 'text/html' } };
  expect((await fetch(`${url}/api/v1/sessions/disown`, form)).status).toBe(200);
  expect((await thief.get('/me')).body).toMatchObject({ code: 'session_revoked', reason: 'disowned' });
  expect((await own.get('/me')).body).toMatchObject({ code: 'step_up_required' });
});
