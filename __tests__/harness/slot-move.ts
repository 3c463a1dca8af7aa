import type { RedisServer } from './redis-server';

interface MovedSlot {
  readonly slot: number;
  readonly from: RedisServer;
  readonly to: RedisServer;
  /** All masters, which learn of the new owner at once. */
  readonly masters: readonly RedisServer[];
}

const longestMigration = '5000';

/** A slot on its way from one master to another, as a live resharding moves it: key by key. */
export class SlotMove {
  readonly #slot: string;
  readonly #move: MovedSlot;
  #targetId = '';

  constructor(move: MovedSlot) {
    this.#slot = String(move.slot);
    this.#move = move;
  }

  /** From now on what the old owner has no more is asked of the new one. */
  async begin(): Promise<void> {
    const { from, to } = this.#move;
    this.#targetId = String(await to.cli('CLUSTER', 'MYID'));
    await to.cli('CLUSTER', 'SETSLOT', this.#slot, 'IMPORTING', String(await from.cli('CLUSTER', 'MYID')));
    await from.cli('CLUSTER', 'SETSLOT', this.#slot, 'MIGRATING', this.#targetId);
  }

  /** Names of keys that have not moved yet. */
  async left(count = 1_000): Promise<string[]> {
    return (await this.#move.from.cli('CLUSTER', 'GETKEYSINSLOT', this.#slot, String(count))) as string[];
  }

  async moveKeys(names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    const { from, to } = this.#move;
    const target = ['127.0.0.1', String(to.port), '', '0', longestMigration];
    const reply = await from.cli('MIGRATE', ...target, 'KEYS', ...names);
    // NOKEY: they were deleted meanwhile.
    if (reply !== 'OK' && reply !== 'NOKEY') throw new Error(`MIGRATE: ${String(reply)}`);
  }

  /** Moves what is left, and makes the target the owner. */
  async finish(): Promise<void> {
    for (let names = await this.left(); names.length > 0; names = await this.left()) await this.moveKeys(names);
    const { from, to, masters } = this.#move;
    // The new owner first: at no time does a master name one that would not take the slot.
    for (const node of new Set([to, from, ...masters])) {
      await node.cli('CLUSTER', 'SETSLOT', this.#slot, 'NODE', this.#targetId);
    }
  }
}
