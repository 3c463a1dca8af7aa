import { type ClusterMember, hasPart, ownerIn, partsIn, viewOf } from './cluster-view';
import { clusterArguments, type RedisServer, startRedis } from './redis-server';
import { SlotMove } from './slot-move';
import { waitUntil } from './wait-until';

export interface StartClusterOptions {
  readonly masters?: number;
  readonly replicasEach?: number;
  /** Milliseconds of silence after which a node is taken for dead. Long where no failover is wanted. */
  readonly nodeTimeout?: number;
  /** More command line arguments for every node. */
  readonly args?: readonly string[];
}

interface Takeover {
  /** Who was the master. */
  readonly former: RedisServer;
  readonly promoted: RedisServer;
}

interface MoveSlotOptions {
  /** Runs while half of the slot's keys are on either side. */
  readonly during?: (move: SlotMove) => unknown;
}

const slotCount = 16_384;
// Nodes meet, elect and synchronise in their own time, and the machine may be busy.
const patience = 30_000;

/** Real nodes on loopback, without persistence. They end with the run at the latest. */
export class RedisCluster {
  /** All that were started, also those that do not run now. */
  readonly nodes: readonly RedisServer[];
  readonly #ids = new Map<RedisServer, string>();

  constructor(nodes: readonly RedisServer[]) {
    this.nodes = nodes;
  }

  get urls(): string[] {
    return this.nodes.map(({ url }) => url);
  }

  /** Those that own slots, in the order of their first slot. */
  async masters(): Promise<RedisServer[]> {
    const owners = (await this.#view()).filter(({ isMaster, slots }) => isMaster && slots.length > 0);
    return owners
      .toSorted((one, other) => one.slots[0]![0] - other.slots[0]![0])
      .map((owner) => this.#nodeOf(owner));
  }

  async slotOf(key: string): Promise<number> {
    return Number(await this.#ask((node) => node.cli('CLUSTER', 'KEYSLOT', key)));
  }

  async masterOf(key: string): Promise<RedisServer> {
    const owner = ownerIn(await this.#view(), await this.slotOf(key));
    if (!owner) throw new Error(`no master owns the slot of ${key}`);
    return this.#nodeOf(owner);
  }

  async replicaOf(master: RedisServer): Promise<RedisServer> {
    const id = await this.#idOf(master);
    const replica = (await this.#view()).find(({ masterId, isUp }) => masterId === id && isUp);
    if (!replica) throw new Error(`the master on port ${master.port} has no replica`);
    return this.#nodeOf(replica);
  }

  /** SIGKILL, as a crash. Resolves when its replica has taken over and all nodes that are left agree. */
  killMaster(key: string): Promise<Takeover> {
    return this.#lose(key, (master) => master.kill());
  }

  /** It answers nobody any more and its connections stay, as behind a cut cable. Resolves as `killMaster`. */
  pauseMaster(key: string): Promise<Takeover> {
    return this.#lose(key, (master) => master.pause());
  }

  /** Hands a master's slots to its replica, which loses nothing. Resolves to the new master when all agree. */
  async failover(master: RedisServer): Promise<RedisServer> {
    const heir = await this.replicaOf(master);
    const id = await this.#idOf(master);
    const [[slot] = [0]] = (await this.#view()).find((member) => member.id === id)!.slots;
    await this.#follow([master]);
    await heir.cli('CLUSTER', 'FAILOVER');
    await this.#owns(heir, slot);
    await this.#follow([heir]);
    return heir;
  }

  /** Moves a slot while clients use it. */
  async moveSlot(slot: number, to: RedisServer, { during }: MoveSlotOptions = {}): Promise<void> {
    const from = this.#nodeOf(ownerIn(await this.#view(), slot)!);
    if (from === to) return;
    const move = new SlotMove({ slot, from, to, masters: await this.masters() });
    await move.begin();
    const names = await move.left();
    await move.moveKeys(names.slice(0, Math.ceil(names.length / 2)));
    await during?.(move);
    await move.finish();
    await this.#owns(to, slot);
  }

  /** Kills it unless it is dead, starts it empty, and waits until it is a member again: a replica, where another took over. */
  async restartNode(node: RedisServer): Promise<void> {
    await node.restart();
    await this.settled();
  }

  /** Until all that are awake agree that all slots are served, and every replica follows its master. */
  async settled(): Promise<void> {
    await waitUntil('the nodes of the cluster agree', () => this.#agree(() => true), patience);
    await this.#follow(await this.masters());
  }

  async stop(): Promise<void> {
    await Promise.all(this.nodes.map((node) => node.stop()));
  }

  /** Makes a cluster of nodes that do not know each other. */
  async form(masterCount: number): Promise<void> {
    const masters = this.nodes.slice(0, masterCount);
    const [first] = masters;
    for (const [index, master] of masters.entries()) {
      const range = [index, index + 1].map((part) => Math.floor((part * slotCount) / masterCount));
      await master.cli('CLUSTER', 'ADDSLOTSRANGE', String(range[0]), String(range[1]! - 1));
      // Without it all begin with the same epoch, and have to settle which of them is newer.
      await master.cli('CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1));
    }
    for (const node of this.nodes)
      if (node !== first) await first!.cli('CLUSTER', 'MEET', '127.0.0.1', String(node.port));
    await waitUntil('the nodes know each other', () => this.#isMet(), patience);
    for (const [index, replica] of this.nodes.slice(masterCount).entries()) {
      await replica.cli('CLUSTER', 'REPLICATE', await this.#idOf(masters[index % masterCount]!));
    }
    await this.settled();
  }

  async #isMet(): Promise<boolean> {
    const views = await Promise.all(this.nodes.map(viewOf));
    return views.every((view) => view.length === this.nodes.length && view.every(({ isUp }) => isUp));
  }

  #owns(node: RedisServer, slot: number): Promise<void> {
    return waitUntil(
      `all nodes agree that ${node.port} owns slot ${slot}`,
      () => this.#agree((view) => ownerIn(view, slot)?.port === node.port),
      patience,
    );
  }

  async #lose(key: string, end: (master: RedisServer) => void | Promise<void>): Promise<Takeover> {
    const former = await this.masterOf(key);
    const slot = await this.slotOf(key);
    const promoted = await this.replicaOf(former);
    // One that has not caught up is not elected.
    await this.#follow([former]);
    await end(former);
    await this.#owns(promoted, slot);
    return { former, promoted };
  }

  /** Whether every node that is awake serves, and sees the same. */
  async #agree(seesIt: (view: readonly ClusterMember[]) => boolean): Promise<boolean> {
    const ports = new Set(this.#awake().map(({ port }) => port));
    const views = this.#awake().map(async (node) => {
      const isOk = String(await node.cli('CLUSTER', 'INFO')).includes('cluster_state:ok');
      const view = (await viewOf(node)).filter(({ port, isUp }) => isUp && ports.has(port));
      const isWhole = view.length === ports.size && view.every(hasPart);
      return isOk && isWhole && seesIt(view) ? partsIn(view) : undefined;
    });
    // One that takes its master's data over refuses to tell.
    const parts = (await Promise.allSettled(views)).map((view) =>
      view.status === 'fulfilled' ? view.value : undefined,
    );
    return parts[0] !== undefined && parts.every((part) => part === parts[0]);
  }

  /** Until every replica of these has all that its master has. */
  async #follow(masters: readonly RedisServer[]): Promise<void> {
    for (const master of masters) {
      const id = await this.#idOf(master);
      const isFollowed = async (): Promise<boolean> => {
        const replicas = (await this.#view()).filter(({ masterId, isUp }) => masterId === id && isUp);
        const online = String(await master.cli('INFO', 'replication')).match(/^slave\d+:.*state=online/gm) ?? [];
        return online.length === replicas.length;
      };
      await waitUntil(`the replicas of ${master.port} are online`, isFollowed, patience);
    }
  }

  #view(): Promise<ClusterMember[]> {
    return this.#ask(viewOf);
  }

  /** The first node that answers. */
  async #ask<T>(question: (node: RedisServer) => Promise<T>): Promise<T> {
    let fault: unknown = new Error('no node of the cluster is awake');
    for (const node of this.#awake()) {
      try {
        return await question(node);
      } catch (cause) {
        fault = cause;
      }
    }
    throw fault;
  }

  #awake(): RedisServer[] {
    return this.nodes.filter(({ isAwake }) => isAwake);
  }

  #nodeOf({ port }: ClusterMember): RedisServer {
    const node = this.nodes.find((candidate) => candidate.port === port);
    if (!node) throw new Error(`the node on port ${port} is none of ours`);
    return node;
  }

  /** It keeps its id across restarts. */
  async #idOf(node: RedisServer): Promise<string> {
    const id = this.#ids.get(node) ?? String(await node.cli('CLUSTER', 'MYID'));
    this.#ids.set(node, id);
    return id;
  }
}

/** Three masters with a replica each, unless told otherwise; the slots are shared out evenly. Resolves when all serve. */
export async function startCluster({
  masters = 3,
  replicasEach = 1,
  nodeTimeout = 1_500,
  args = [],
}: StartClusterOptions = {}): Promise<RedisCluster> {
  const timing = ['--cluster-node-timeout', String(nodeTimeout), '--repl-diskless-sync-delay', '0'];
  const nodes: RedisServer[] = [];
  const cluster = new RedisCluster(nodes);
  try {
    for (let count = masters * (1 + replicasEach); count > 0; count -= 1) {
      nodes.push(await startRedis({ args: [...clusterArguments, ...timing, ...args] }));
    }
    await cluster.form(masters);
  } catch (error) {
    await cluster.stop();
    throw error;
  }
  return cluster;
}
