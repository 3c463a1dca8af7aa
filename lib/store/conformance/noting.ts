import assert from 'node:assert/strict';
import type { AuditEntry } from '../../domain/audit-entry';
import { assertUnavailable } from './assertions';
import { auditEntry } from './endings';
import { start } from './records';
import type { Test } from './scene';
import { historyOf, snapshot } from './snapshot';

/** Entries that no change goes with. */
export function noting(test: Test): void {
  test('A64 a note is the newest entry of the history, and changes nothing else', async (scene) => {
    const { store, other, commands, userId } = scene;
    const record = await scene.signIn();
    const before = await snapshot(store, userId, start, [record.id]);
    const command = commands.note(userId, start);
    assert.equal(await store.note(command), undefined);
    const history = [command.audit, ...before.history];
    assert.deepEqual(await snapshot(other, userId, start, [record.id]), { ...before, history });
  });

  test('a note makes a history for whom the store has not known', async ({ store, commands, userId }) => {
    const command = commands.note(userId, start);
    await store.note(command);
    assert.deepEqual(await historyOf(store, userId), [command.audit]);
  });

  test('one that is sent again on another node is there once, though many came between', async (scene) => {
    const { store, other, commands, userId } = scene;
    const first = commands.note(userId, start);
    await store.note(first);
    for (let count = 0; count < 20; count++) await store.note(commands.note(userId, start));
    await other.note(first);
    assert.equal((await historyOf(store, userId)).length, 21);
  });

  test('A79 one that comes after its caller gave up is not written', async (scene) => {
    const { store, other, tooLate, userId } = scene;
    await assertUnavailable(other.note(tooLate.note(userId, start)));
    assert.deepEqual(await historyOf(store, userId), []);
  });

  test('A64 an entry reads back as it was, with all that it may tell', async ({
    store,
    other,
    commands,
    userId,
  }) => {
    const plain = auditEntry('sign_in_refused', start, null);
    const device = {
      browser: 'Füchsin "1"',
      browserVersion: '140',
      os: null,
      osVersion: null,
      type: 'tv',
    } as const;
    const coordinates = { latitude: -33.87, longitude: 151.21, radius: 20 };
    const places = [null, { city: 'Sydney', region: null, country: 'AU', coordinates }];
    const risks = [null, { score: 100, codes: ['new_device', 'own_word'] }, { score: 0, codes: [] }];
    const entries: AuditEntry[] = [];
    for (const location of places) {
      for (const risk of risks) {
        const client = { device, deviceMark: risk ? 'c2V2ZW4hISE' : null, location, risk };
        const id = auditEntry('sign_in_refused', start, null).id;
        entries.unshift({ ...plain, id, reason: 'ü "\\ \u2028', client });
        await store.note(commands.note(userId, start, { audit: entries[0]! }));
      }
    }
    const subject = 'ein "Name" \\ \u0000 \u{1F3F3}';
    entries.unshift({ ...auditEntry('account_locked', start, null), subject, relayed: true, ip: '2001:db8::1' });
    await store.note(commands.note(userId, start, { audit: entries[0]! }));
    assert.deepEqual(await historyOf(other, userId), entries);
  });
}
