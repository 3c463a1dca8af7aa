import { activityPage } from '../../lib/contract/activity-page';
import { sessionPage } from '../../lib/contract/session-page';
import { reason } from '../fixtures/impersonations';
import type { Browser } from './fixtures/browser';
import { ImpersonationBench } from './fixtures/impersonation-bench';

const own = '/api/v1/sessions';

/** What the user sees: the ids of the listed sessions, and who did what. */
async function seenBy(user: Browser) {
  const list = await user.get(`${own}?include=ended`).expect(200);
  const activity = await user.get(`${own}/activity`).expect(200);
  return {
    listed: sessionPage.parse(list.body).data,
    entries: activityPage.parse(activity.body).data,
    text: list.text + activity.text,
  };
}

async function scene(visible?: boolean) {
  const bench = new ImpersonationBench({ options: visible === undefined ? {} : { impersonation: { visible } } });
  const user = await bench.signedIn();
  const browser = await bench.acting();
  const { data } = await bench.sessions.list('alice');
  const { id } = data.find(({ actor }) => actor)!;
  return { bench, user, browser, id };
}

test('A75 people see who acted in their place, and when, but not why', async () => {
  const { bench, user, browser, id } = await scene();
  const seen = await seenBy(user);
  expect(seen.listed.find((session) => session.id === id)).toMatchObject({ actor: { id: 'support-7' } });
  expect(seen.entries[0]).toMatchObject({
    event: 'impersonation_started',
    actor: { type: 'admin' },
    sessionId: id,
    reason: null,
  });
  expect((await user.get(`${own}/${id}`).expect(200)).body).toMatchObject({ session: { id } });
  await browser.post('/leave').expect(200);
  const after = await seenBy(user);
  expect(after.entries[0]).toMatchObject({ actor: { type: 'impersonator' }, reason: 'impersonation_stopped' });
  expect(seen.text + after.text).not.toContain(reason);
  const [, started] = (await bench.sessions.history('alice')).data;
  expect(started).toMatchObject({ reason, actor: { id: 'support-7' } });
});

test('where the app hides it, people see no session, no entry, and nothing under its id', async () => {
  const { bench, user, browser, id } = await scene(false);
  const before = await seenBy(user);
  expect(before.listed.map((session) => session.id)).not.toContain(id);
  expect(before.entries.map(({ event }) => event)).toEqual(['session_created']);
  await user.get(`${own}/${id}`).expect(404);
  await user.send('patch', `${own}/${id}`).send({ name: 'theirs' }).expect(404);
  await user.send('delete', `${own}/${id}`).expect(404);
  expect((await browser.get('/me').expect(200)).body).toMatchObject({ session: { id } });
  await bench.sessions.revoke(id, { reason: 'risk', actor: { type: 'admin', id: 'root' } });
  await browser.get('/me').expect(401);
  const after = await seenBy(user);
  expect(after.listed.map((session) => session.id)).toEqual(before.listed.map((session) => session.id));
  expect(after.entries).toEqual(before.entries);
  expect(after.text).not.toMatch(/impersonat|support-7/);
  await user.send('delete', `${own}/${id}`).expect(404);
  expect((await bench.sessions.list('alice', { include: 'ended' })).data.map((view) => view.id)).toContain(id);
});

test('what is hidden still ends with all others', async () => {
  const { user, browser } = await scene(false);
  await user.send('delete', own).expect(200);
  await browser.get('/me').expect(401);
});

test('whoever uses a hidden session sees that one', async () => {
  const { bench, browser, id } = await scene(false);
  const { acting } = await bench.actingBearer();
  const { body } = await browser.get(own).expect(200);
  const views = sessionPage.parse(body).data;
  expect(views.filter(({ actor }) => actor).map((view) => view.id)).toEqual([id]);
  await browser.get(`${own}/${id}`).expect(200);
  await bench.browser().get(`${own}/${id}`, acting).expect(404);
});

test('a hidden beginning that stands on another page of the activity hides what followed all the same', async () => {
  const { bench, user, id } = await scene(false);
  for (let count = 0; count < 5; count++) await bench.sessions.update(id, { data: { count } });
  await user.send('patch', `${own}/current`).send({ name: 'mine' }).expect(200);
  const { body } = await user.get(`${own}/activity?limit=3`).expect(200);
  const { data, nextCursor } = activityPage.parse(body);
  expect(data.map(({ event }) => event)).toEqual(['session_updated']);
  const rest = activityPage.parse((await user.get(`${own}/activity?cursor=${nextCursor}`).expect(200)).body);
  expect(rest.data.map(({ event }) => event)).toEqual(['session_created']);
});
