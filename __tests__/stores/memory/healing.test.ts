import type { SessionStore } from '../../../lib/store/session-store';
import { healing } from '../../../lib/store/conformance/healing';
import { play } from '../../../lib/store/conformance/scene';
import { MemoryStore } from '../../../lib/stores/memory';
import { Memory } from '../../../lib/stores/memory/memory';
import { readMemoryOptions } from '../../../lib/stores/memory/memory-store-options';
import { create } from '../../../lib/stores/memory/verbs/create';
import { list } from '../../../lib/stores/memory/verbs/list';
import { rekey } from '../../../lib/stores/memory/verbs/rekey';
import { repeat } from '../../../lib/stores/memory/verbs/repeat';
import { revoke } from '../../../lib/stores/memory/verbs/revoke';
import { revokeAll } from '../../../lib/stores/memory/verbs/revoke-all';
import { rotate } from '../../../lib/stores/memory/verbs/rotate';
import { touch } from '../../../lib/stores/memory/verbs/touch';

/** Memory loses no index by itself; the verbs heal all the same, as on a store that does. */
const memory = new Memory(readMemoryOptions({ maxSessions: 100 }), () => Date.now());

class Forgetful extends MemoryStore implements SessionStore {
  override create = async (command: Parameters<SessionStore['create']>[0]) => create(memory, command);
  override rotate = async (command: Parameters<SessionStore['rotate']>[0]) => rotate(memory, command);
  override repeat = async (command: Parameters<SessionStore['repeat']>[0]) => repeat(memory, command);
  override rekey = async (command: Parameters<SessionStore['rekey']>[0]) => rekey(memory, command);
  override find = async (id: Parameters<SessionStore['find']>[0]) => memory.find(id)?.record;
  override touch = async (command: Parameters<SessionStore['touch']>[0]) => touch(memory, command);
  override revoke = async (command: Parameters<SessionStore['revoke']>[0]) => revoke(memory, command);
  override revokeAll = async (command: Parameters<SessionStore['revokeAll']>[0]) => revokeAll(memory, command);
  override list = async (query: Parameters<SessionStore['list']>[0]) => list(memory, query);
}

async function open() {
  const store = new Forgetful();
  return { store, close: () => store.close() };
}

healing(
  (title, body) => test(title, () => play({ open }, body)),
  async (user) => memory.users.get(user)?.sessions.clear(),
);
