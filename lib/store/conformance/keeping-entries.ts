import assert from 'node:assert/strict';
import type { AuditEntry, AuditEvent } from '../../domain/audit-entry';
import { mintSessionId, userKey } from '../../domain/session-id';
import { owesLogin } from '../kept-entries';
import { retention } from '../retention';
import { present } from './assertions';
import { auditEntry } from './endings';
import { start } from './records';
import type { Scene, Test } from './scene';
import { historyOf } from './snapshot';

const { auditEntries, tellingEntries, unprovenEntries } = retention;

/** Which entries outlast others: those that tell who the user is, and not those that anybody makes who has the password. */
export function keepingEntries(test: Test): void {
  test('C-theft of what tells who the user is, more is kept than what is newest', async (scene) => {
    const { store, other, userId } = scene;
    const sessionId = mintSessionId(userId);
    const told = [
      // With all that may stand before and behind a reason.
      { ...auditEntry('session_created', start, sessionId), ip: '203.0.113.9', count: 7, relayed: true },
      { ...auditEntry('session_created', start, null), ip: '2001:db8::1' },
      { ...auditEntry('session_created', start, sessionId, `"${owesLogin}"`), ip: null },
      auditEntry('session_created', start, sessionId, 'step_up_'),
      auditEntry('step_up_confirmed', start, sessionId),
      { ...auditEntry('sign_in_disowned', start, sessionId, 'disowned'), since: start - 1 },
      auditEntry('step_up_confirmed', start, sessionId, owesLogin),
      auditEntry('token_reused', start, sessionId),
    ];
    for (const entry of told) await write(scene, entry);
    await flood(scene, 'risk_noticed', auditEntries);
    const entries = await historyOf(other, userId, 60);
    assert.equal(entries.length, auditEntries + told.length);
    assert.deepEqual(entries.slice(auditEntries), told.reverse());
    assert.deepEqual((await historyOf(store, userId)).length, entries.length);
  });

  test('A61 and of that too the newest, and one reuse of a token', async (scene) => {
    const told = await flood(scene, 'session_created', tellingEntries + 3);
    const reused = await flood(scene, 'token_reused', tellingEntries + 3);
    await flood(scene, 'session_updated', auditEntries);
    const entries = await historyOf(scene.other, scene.userId);
    const kept = [reused[0], ...told.slice(0, tellingEntries)];
    assert.deepEqual(entries.slice(auditEntries), kept);
    await flood(scene, 'token_reused', 1);
    const newest = await historyOf(scene.other, scene.userId);
    assert.deepEqual(newest.slice(auditEntries), told.slice(0, tellingEntries));
  });

  test('A61 sign-ins that were refused or owe a fresh login push out little else', async (scene) => {
    const usual = await flood(scene, 'session_updated', 5);
    const owing = await flood(scene, 'session_created', unprovenEntries + 3, owesLogin);
    const between = await flood(scene, 'session_created', 2);
    const refused = await flood(scene, 'sign_in_refused', auditEntries);
    const kept = [...refused.slice(0, unprovenEntries), ...between, ...owing.slice(0, unprovenEntries), ...usual];
    assert.deepEqual(await historyOf(scene.other, scene.userId), kept);
  });

  test('a sign-in that owes a fresh login is not kept beyond the newest, wherever its reason stands', async (scene) => {
    const { userId } = scene;
    const sessionId = mintSessionId(userId);
    const owing = auditEntry('session_created', start, sessionId, owesLogin);
    for (const facts of [
      { ip: '203.0.113.9' },
      { ip: '2001:db8::1' },
      { ip: null },
      { sessionId: null },
      { count: 7 },
    ]) {
      await write(scene, { ...owing, id: auditEntry('session_created', start, null).id, ...facts });
    }
    const noise = await flood(scene, 'risk_noticed', auditEntries);
    assert.deepEqual(await historyOf(scene.other, userId), noise);
  });

  test('pages go on where the last entry seen was pushed out meanwhile', async (scene) => {
    const { store, other, userId } = scene;
    const user = userKey(userId);
    const told = await flood(scene, 'session_created', 3);
    await flood(scene, 'risk_noticed', auditEntries, undefined, start + 1);
    const first = await store.history({ user, at: start + 9, after: null, limit: auditEntries });
    await flood(scene, 'risk_noticed', 1, undefined, start + 2);
    const rest = await other.history({ user, at: start + 9, after: present(first.next), limit: 10 });
    assert.deepEqual(rest, { entries: told, next: null });
  });
}

/** Entries one after the other; gives them newest first. */
async function flood(
  scene: Scene,
  event: AuditEvent,
  count: number,
  reason?: string,
  at = start,
): Promise<AuditEntry[]> {
  const written: AuditEntry[] = [];
  while (written.length < count) {
    const entry = auditEntry(event, at, mintSessionId(scene.userId), reason);
    await write(scene, entry);
    written.unshift(entry);
  }
  return written;
}

async function write({ store, commands, userId }: Scene, audit: AuditEntry): Promise<void> {
  await store.note(commands.note(userId, audit.at, { audit }));
}
