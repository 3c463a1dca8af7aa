import type { AppSettings, Connection } from '../app/app-settings';
import type { Random } from '../random';
import { openCluster } from './cluster';
import type { Links } from './links';
import { openSentinel } from './sentinel';
import { openStandalone } from './standalone';

/** Something that befalls the Redis servers. */
export interface ServerFault {
  readonly name: string;
  /** Whether Redis itself may lose by it what it has acknowledged. */
  readonly loses: boolean;
  /** Does it, and resolves when it is healed and all servers agree again. */
  run(random: Random): Promise<void>;
}

/** The Redis servers of a run, and the ways of the app processes to them. */
export interface Topology {
  readonly name: TopologyName;
  /** By app process. */
  readonly links: readonly Links[];
  readonly durability: AppSettings['durability'];
  /** The first of them is why one runs this topology at all. */
  readonly faults: readonly ServerFault[];
  connectionOf(app: number): Connection;
  close(): Promise<void>;
}

const openers = { standalone: openStandalone, sentinel: openSentinel, cluster: openCluster };

export type TopologyName = keyof typeof openers;

export function openTopology(name: TopologyName, apps: number): Promise<Topology> {
  return openers[name](apps);
}
