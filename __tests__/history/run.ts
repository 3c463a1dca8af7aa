import { type Duration, durationMilliseconds } from '../../lib/domain/duration';
import { waitUntil } from '../harness/wait-until';
import { AppProcess } from './app/app-process';
import type { AppSettings, Broken } from './app/app-settings';
import { Operations } from './clients/operations';
import { Workload } from './clients/workload';
import type { History, Terms } from './history';
import { Nemesis } from './nemesis/nemesis';
import { Random } from './random';
import { Recorder } from './recorder';
import { openTopology, type Topology, type TopologyName } from './topology/topology';

export interface RunOptions {
  readonly topology: TopologyName;
  readonly seconds: number;
  readonly seed: number;
  /** Whether anything is killed, stopped or cut off. */
  readonly faults?: boolean;
  /** How the stores of the apps lie. */
  readonly broken?: Broken;
  readonly maxStale?: Duration;
}

const appCount = 4;
// These two keep sessions near; the others ask Redis each time.
const cached = [2, 3];

// Longer than any fault: a client's retry is never too late.
const grace = '60s';
const access = '1h';

export interface Run {
  readonly history: History;
  /** What the app processes have written on their error streams. */
  readonly warnings: readonly string[];
}

/** All of a run: servers, app processes, clients, faults. Fails where something is not healed in the end. */
export async function runHistory({ seconds, seed, faults = true, ...options }: RunOptions): Promise<Run> {
  const random = new Random(seed);
  const topology = await openTopology(options.topology, appCount);
  const apps = settingsFor(topology, options).map((settings, index) => new AppProcess(index, settings));
  try {
    await Promise.all(apps.map((app) => app.start()));
    const recorder = new Recorder(termsOf(topology, options));
    const operations = new Operations(apps, recorder);
    const workload = new Workload({ operations, random: random.fork(), users: 6, restMilliseconds: 100 });
    const nemesis = new Nemesis({ apps, topology, recorder, random: random.fork() });
    await during(seconds, [(isOver) => workload.run(isOver), ...(faults ? [nemesis.run.bind(nemesis)] : [])]);
    await Promise.all(apps.map((app) => recovered(operations, app)));
    expectNoCrash(apps);
    return { history: recorder.history(), warnings: apps.map(({ output }) => output) };
  } finally {
    await Promise.all(apps.map((app) => app.kill()));
    await topology.close();
  }
}

/** Runs all for this long. Where one fails the others come to an end too. */
async function during(seconds: number, work: readonly ((isOver: () => boolean) => Promise<void>)[]): Promise<void> {
  const until = performance.now() + seconds * 1_000;
  let hasFailed = false;
  const isOver = (): boolean => hasFailed || performance.now() > until;
  const all = work.map((one) =>
    one(isOver).catch((fault: unknown) => {
      hasFailed = true;
      throw fault;
    }),
  );
  const failed = (await Promise.allSettled(all)).find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

/** What was healed serves again, without a restart. */
async function recovered(operations: Operations, { index, output }: AppProcess): Promise<void> {
  const serves = async (): Promise<boolean> => {
    const signedIn = await operations.signIn(index, `survivor-${index}`, null, () => Promise.resolve());
    return 'held' in signedIn && (await operations.verify(index, signedIn.held)) === 'active';
  };
  await waitUntil(`app ${index} serves again\n${output}`, serves, 30_000);
}

function expectNoCrash(apps: readonly AppProcess[]): void {
  const crashed = apps.find(({ crashes }) => crashes > 0);
  if (crashed) throw new Error(`app ${crashed.index} ended by itself\n${crashed.output}`);
}

type Wish = Pick<RunOptions, 'broken' | 'maxStale'>;

function settingsFor(topology: Topology, { broken, maxStale = '2s' }: Wish): AppSettings[] {
  return Array.from({ length: appCount }, (_, index) => {
    const isCached = cached.includes(index);
    return {
      connection: topology.connectionOf(index),
      grace,
      access,
      deadline: '1s',
      durability: topology.durability,
      nearCache: isCached ? { maxEntries: 10_000, maxStale } : null,
      // What a cache does wrong is wrong where there is one.
      broken: broken === undefined || (broken === 'deaf-cache' && !isCached) ? null : broken,
    };
  });
}

function termsOf({ durability }: Topology, { maxStale = '2s' }: Wish): Terms {
  const milliseconds = (text: Duration): number => durationMilliseconds(text, 'a run');
  return {
    access: milliseconds(access),
    grace: milliseconds(grace),
    maxStale: Array.from({ length: appCount }, (_, index) =>
      cached.includes(index) ? milliseconds(maxStale) : null,
    ),
    durability: durability !== null,
  };
}
