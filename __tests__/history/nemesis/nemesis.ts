import { setTimeout as pause } from 'node:timers/promises';
import type { AppProcess } from '../app/app-process';
import type { Random } from '../random';
import type { Recorder } from '../recorder';
import type { Topology } from '../topology/topology';
import { appFaults } from './app-faults';

export interface NemesisOptions {
  readonly apps: readonly AppProcess[];
  readonly topology: Topology;
  readonly recorder: Recorder;
  readonly random: Random;
}

// Between two faults of the servers, and of the apps.
const calm = [500, 2_500] as const;

/** Kills, stops, cuts off and hands over: servers and apps each in their own time, so that both may be struck at once. */
export class Nemesis {
  readonly #options: NemesisOptions;

  constructor(options: NemesisOptions) {
    this.#options = options;
  }

  /** Until it is over; resolves when all is healed. */
  async run(isOver: () => boolean): Promise<void> {
    const { random } = this.#options;
    await Promise.all([this.#strikeServers(random.fork(), isOver), this.#strikeApps(random.fork(), isOver)]);
  }

  async #strikeServers(random: Random, isOver: () => boolean): Promise<void> {
    const { topology, recorder } = this.#options;
    for (const fault of inTurn(topology.faults, random)) {
      await pause(random.between(...calm));
      if (isOver()) return;
      await recorder.fault(fault.name, fault.loses, () => fault.run(random));
    }
  }

  async #strikeApps(random: Random, isOver: () => boolean): Promise<void> {
    const { apps, topology, recorder } = this.#options;
    for (const fault of inTurn(appFaults, random)) {
      await pause(random.between(...calm));
      if (isOver()) return;
      const app = random.pick(apps)!;
      const run = (): Promise<void> => fault.run(app, topology.links[app.index]!, random);
      await recorder.fault(`app ${app.index} ${fault.name}`, false, run);
    }
  }
}

/** All in some order, and then again in another, without end. */
function* inTurn<Item>(items: readonly Item[], random: Random): Generator<Item> {
  for (;;) yield* random.shuffled(items);
}
