import assert from 'node:assert/strict';
import { userKey } from '../../domain/session-id';
import { minute, newRecord, start } from './records';
import type { Test } from './scene';
import { historyOf } from './snapshot';
import { assertStatus } from './assertions';

/** JSON that stores which take it apart get wrong. */
const delicate = [
  '{}',
  '{"empty":[],"nested":{"list":[[],{}],"none":null}}',
  `{"largest":${Number.MAX_SAFE_INTEGER},"smallest":${Number.MIN_SAFE_INTEGER},"float":0.1,"tiny":5e-324}`,
  '{"__proto__":{"admin":true},"constructor":{"prototype":{}},"toString":"text"}',
  '{"text":"naïve 日本語 🏳️‍🌈 \\u0000 \\u001f \\u2028 \\" \\\\ </script>"}',
  '{"":"an empty key","2":"two","1":"one"}',
  JSON.stringify({ long: 'x'.repeat(100_000) }),
];

const hostile = [
  'a',
  'a:b',
  'a:{b}',
  '{a}',
  '{}',
  '*',
  'a*',
  '?',
  '[a]',
  'a\n',
  'a\r\nb',
  'a\u0000',
  'a\u0000b',
  '__proto__',
  'constructor',
  ' a',
  'A',
  'á',
  'a\u0301',
  '👩‍👩‍👧‍👦',
  'ü'.repeat(5_000),
  `${'ü'.repeat(5_000)}!`,
];

export function fidelity(test: Test): void {
  test("A57 the app's data comes back byte by byte, created and amended", async ({
    store,
    other,
    commands,
    userId,
  }) => {
    for (const text of delicate) {
      const record = newRecord({ userId, data: parse(text) });
      assertStatus(await store.create(commands.create(record)), 'created');
      assert.equal(JSON.stringify((await other.find(record.id))?.data), JSON.stringify(parse(text)));
      const wrapped = { list: [], before: parse(text) };
      assertStatus(await store.amend(commands.amend(record, { data: wrapped })), 'amended');
      await store.touch(commands.touch(record));
      await store.rotate(commands.rotate(record));
      assert.equal(JSON.stringify((await other.find(record.id))?.data), JSON.stringify(wrapped));
    }
    assert.equal(({} as Record<string, unknown>)['admin'], undefined);
  });

  test('A57 a change to what was handed out or in does not reach the store', async ({
    store,
    commands,
    userId,
  }) => {
    const record = newRecord({ userId, data: { roles: ['reader'] } });
    const expected = newRecord({ userId, data: { roles: ['reader'] } }).data;
    const outcome = await store.create(commands.create(record));
    assertStatus(outcome, 'created');
    const found = await store.find(record.id);
    for (const held of [record, outcome.record, found]) {
      attempt(() => (held?.data['roles'] as string[]).push('admin'));
      attempt(() => (held?.profile.scope as string[]).push('everything'));
    }
    // what was handed out may share its Buffers with the store
    record.credentials.accessDigest.fill(0);
    const fresh = await store.find(record.id);
    assert.deepEqual(fresh?.data, expected);
    assert.deepEqual(fresh.profile.scope, ['profile', 'orders']);
    assert.notDeepEqual(fresh.credentials.accessDigest, Buffer.alloc(32));
  });

  test('A66 what people and browsers say comes back as it was', async ({ store, commands, userId }) => {
    const record = newRecord({ userId });
    const profile = {
      ...record.profile,
      deviceName: '<img src=x onerror=alert(1)>\u001b[2J',
      userAgent: `${'🦊'.repeat(120)}\r\nX: y`,
      scope: [],
      methods: ['pwd', 'otp', 'mfa'],
      device: { ...record.profile.device, model: '{}[]"\\\u0000', type: 'other' as const },
    };
    const given = { ...record, applicationId: 'my:{app}*\n', profile };
    await store.create(commands.create(given));
    assert.deepEqual(await store.find(record.id), given);
  });

  test('a place comes back with its coordinates, found, listed and changed', async ({
    store,
    other,
    commands,
    userId,
  }) => {
    const points = [
      { latitude: 0, longitude: 0, radius: 0 },
      { latitude: -33.87, longitude: 151.21, radius: 20 },
      { latitude: 90, longitude: -180, radius: 20_038 },
      null,
    ];
    for (const coordinates of points) {
      const location = { city: 'Kraków', region: null, country: 'PL', coordinates };
      const record = newRecord({ userId, location, deviceId: null });
      assertStatus(await store.create(commands.create(record)), 'created');
      assert.deepEqual((await other.find(record.id))?.profile.location, location);
      assertStatus(await store.amend(commands.amend(record, { trusted: true })), 'amended');
      await store.rotate(commands.rotate(record));
      assert.deepEqual((await other.find(record.id))?.profile.location, location);
    }
    const user = userKey(userId);
    const listed = await other.list({
      user,
      at: start,
      kind: 'active',
      after: null,
      limit: 10,
      applicationId: null,
    });
    const shown = listed.records.map(({ profile }) => JSON.stringify(profile.location?.coordinates));
    assert.deepEqual(shown.sort(), points.map((point) => JSON.stringify(point)).sort());
  });

  test('A59 hostile user ids do not cross', async ({ store, other, commands, userId, signIn }) => {
    const users = hostile.map((text) => `${userId}${text}`);
    const records = await Promise.all(users.map((user) => signIn({ userId: user })));
    const at = start + minute;
    for (const [index, user] of users.entries()) {
      const query = {
        user: userKey(user),
        at,
        kind: 'active',
        after: null,
        limit: 50,
        applicationId: null,
      } as const;
      assert.deepEqual((await other.list(query)).records, [records[index]]);
    }
    for (const [index, user] of users.entries()) {
      assert.equal((await store.revokeAll(commands.revokeAll(user, at))).count, 1);
      const alive = await Promise.all(records.map(({ id }) => store.find(id)));
      assert.equal(alive.filter((record) => record?.ending === null).length, users.length - index - 1);
      assert.equal((await historyOf(store, user)).length, 2);
    }
  });
}

function parse(text: string): Record<string, unknown> {
  return JSON.parse(text) as Record<string, unknown>;
}

/** Records may be frozen: then the change fails, which is as good. */
function attempt(change: () => unknown): void {
  try {
    change();
  } catch (error) {
    assert.ok(error instanceof TypeError);
  }
}
