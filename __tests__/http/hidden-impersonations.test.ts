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
  expect([data.map(({ event }) => event), nextCursor]).toEqual([['session_updated', 'session_created'], null]);
  await user.send('patch', `${own}/current`).send({ name: 'mine again' }).expect(200);
  const first = activityPage.parse((await user.get(`${own}/activity?limit=2`).expect(200)).body);
  const rest = activityPage.parse((await user.get(`${own}/activity?cursor=${first.nextCursor}`).expect(200)).body);
  expect(rest.data.map(({ event }) => event)).toEqual(['session_created']);
});

test('a hidden beginning that the history has forgotten hides what followed all the same', async () => {
  const { bench, user, id } = await scene(false);
  const actor = { id: 'support-7', scopes: ['impersonate'] as const };
  const other = await bench.sessions.impersonation.start({ actor, userId: 'alice', reason });
  if (other.status !== 'started') throw new Error(other.status);
  const own = (await bench.sessions.list('alice')).data.find((session) => !session.actor)!;
  for (let count = 0; count < 260; count++) await bench.sessions.update(own.id, { data: { count } });
  await bench.sessions.impersonation.stop(id, { actor: { type: 'admin', id: 'support-7' } });
  await bench.sessions.revoke(other.session.id, { reason: 'risk', actor: { type: 'admin', id: 'root' } });
  const all = (await bench.sessions.history('alice')).data.slice(0, 2);
  expect(all.map(({ sessionId }) => sessionId)).toEqual([other.session.id, id]);
  const { entries, text } = await seenBy(user);
  expect(new Set(entries.map(({ event }) => event))).toEqual(new Set(['session_updated']));
  for (const hidden of [id, other.session.id, 'impersonation']) expect(text).not.toContain(hidden);
});

describe('A65 pages where some are hidden', () => {
  /** What somebody who decodes the cursors of all pages can read, and what the pages held. */
  async function walk(user: Browser, path: string, limit: number) {
    const [lengths, ids, texts]: [number[], string[], string[]] = [[], [], []];
    let cursor: string | null = '';
    while (cursor !== null) {
      const after: string = cursor && `&cursor=${cursor}`;
      const joint = path.includes('?') ? '&' : '?';
      const { body } = await user.get(`${path}${joint}limit=${limit}${after}`).expect(200);
      const page = body as { data: { id: string }[]; nextCursor: string | null };
      lengths.push(page.data.length);
      ids.push(...page.data.map(({ id }) => id));
      cursor = page.nextCursor;
      texts.push(Buffer.from(cursor ?? '', 'base64url').toString('latin1'));
    }
    return { lengths, ids, told: texts.join() };
  }

  /** A user with five sessions, and before, between and behind them impersonations. */
  async function crowd() {
    const bench = new ImpersonationBench({ options: { impersonation: { visible: false } } });
    const hidden: string[] = [];
    const impersonate = async (lifetime: '5m' | '20m' | '8h') => {
      const actor = { id: 'support-7', scopes: ['impersonate'] as const };
      const started = await bench.sessions.impersonation.start({ actor, userId: 'alice', reason, lifetime });
      if (started.status !== 'started') throw new Error(started.status);
      hidden.push(started.session.id);
    };
    for (const lifetime of ['5m', '20m', '8h'] as const) await impersonate(lifetime);
    const user = await bench.signedIn();
    for (let count = 0; count < 4; count++) {
      await bench.signedIn();
      if (count % 2 === 0) await impersonate('8h');
    }
    for (const id of hidden.slice(0, 2)) await bench.sessions.revoke(id);
    return { bench, user, hidden };
  }

  test.each([1, 2, 3, 5])(
    'are as long as they may be, and no cursor names one: %d sessions a page',
    async (limit) => {
      const { bench, user, hidden } = await crowd();
      for (const query of ['', '?include=ended']) {
        const { lengths, ids, told } = await walk(user, own + query, limit);
        expect(ids).toHaveLength(5);
        expect(new Set(ids).size).toBe(5);
        expect(lengths.slice(0, -1)).toEqual(lengths.slice(0, -1).map(() => limit));
        expect(lengths.at(-1)).toBeGreaterThan(0);
        for (const id of hidden) expect([ids.includes(id), told.includes(id)]).toEqual([false, false]);
      }
      await bench.sessions.close();
    },
  );

  test.each([1, 2, 5])('so are those of the activity, at %d entries a page', async (limit) => {
    const { bench, user, hidden } = await crowd();
    const all = (await bench.sessions.history('alice', { limit: 100 })).data;
    const secret = all.filter(({ sessionId }) => hidden.includes(sessionId!)).map(({ id }) => id);
    expect(secret).toHaveLength(7);
    const { lengths, ids, told } = await walk(user, `${own}/activity`, limit);
    expect(ids).toEqual(all.map(({ id }) => id).filter((id) => !secret.includes(id)));
    expect(lengths.slice(0, -1)).toEqual(lengths.slice(0, -1).map(() => limit));
    expect(lengths.at(-1)).toBeGreaterThan(0);
    for (const id of secret) expect(told).not.toContain(id);
    await bench.sessions.close();
  });

  test('cost a bounded number of calls, however many are hidden in a row', async () => {
    const bench = new ImpersonationBench({ options: { impersonation: { visible: false } } });
    const user = await bench.signedIn();
    const actor = { id: 'support-7', scopes: ['impersonate'] as const };
    for (let count = 0; count < 450; count++) {
      await bench.sessions.impersonation.start({ actor, userId: 'alice', reason, lifetime: '5m' });
    }
    const calls = await bench.store.callsDuring(async () => {
      const { body } = await user.get(`${own}?limit=1`).expect(200);
      expect(body).toMatchObject({ data: [], nextCursor: null });
    });
    expect(calls.filter((call) => call === 'list').length).toBeLessThan(12);
    await bench.sessions.close();
  });
});
