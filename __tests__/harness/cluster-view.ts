import type { RedisServer } from './redis-server';

/** A node as another one sees it. */
export interface ClusterMember {
  readonly id: string;
  readonly port: number;
  readonly isMaster: boolean;
  /** Neither suspected nor known to be down. */
  readonly isUp: boolean;
  /** Of a replica. */
  readonly masterId: string | undefined;
  readonly slots: readonly (readonly [first: number, last: number])[];
}

/** The cluster as this node sees it. */
export async function viewOf(node: RedisServer): Promise<ClusterMember[]> {
  const lines = String(await node.cli('CLUSTER', 'NODES')).split('\n');
  return lines.filter(Boolean).map(memberIn);
}

export function ownerIn(view: readonly ClusterMember[], slot: number): ClusterMember | undefined {
  return view.find(
    ({ isMaster, slots }) => isMaster && slots.some(([first, last]) => first <= slot && slot <= last),
  );
}

/** A master that owns slots, or a replica: no newcomer, and none that has just lost its part. */
export function hasPart({ masterId, slots }: ClusterMember): boolean {
  return masterId !== undefined || slots.length > 0;
}

/** Who owns what and who follows whom, the same text for the same state. */
export function partsIn(view: readonly ClusterMember[]): string {
  return JSON.stringify(view.map(({ id, masterId, slots }) => [id, masterId ?? slots]).sort());
}

/** `<id> 127.0.0.1:7000@17000[,name] myself,master - 0 0 1 connected 0-5460 [93-<-importing id]` */
function memberIn(line: string): ClusterMember {
  const [id = '', address = '', flagList = '', master = '-', , , , link, ...ranges] = line.split(' ');
  const flags = flagList.split(',');
  return {
    id,
    port: Number(/:(\d+)@/.exec(address)?.[1]),
    isMaster: flags.includes('master'),
    isUp: link === 'connected' && !flags.some((flag) => ['fail', 'fail?', 'handshake', 'noaddr'].includes(flag)),
    masterId: master === '-' ? undefined : master,
    slots: ranges.filter((range) => !range.startsWith('[')).map(rangeIn),
  };
}

function rangeIn(text: string): [number, number] {
  const [first, last = first] = text.split('-').map(Number);
  return [first!, last!];
}
