import { setMaxListeners } from 'node:events';
import { describeThrown } from '../../domain/describe-thrown';
import { warnProcess } from '../../domain/process-warning';
import type { Emitter } from '../../events/emitter';
import type { AuditSettings } from '../../options/audit';
import type { SessionStore } from '../../store/session-store';
import type { Timekeeper } from '../timekeeper';
import { Courier } from './courier';
import { durableDestinations, sinkDestination } from './destination';
import { HandOver } from './hand-over';
import { Outlet } from './outlet';
import { Recent } from './recent';
import { Relay } from './relay';
import type { Told } from './told';
import { withinTime } from './within-time';

interface DeliveryParts {
  readonly store: SessionStore;
  readonly time: Timekeeper;
  readonly events: Emitter;
}

/** So long, in milliseconds, what is under way when the manager is closed may take. */
const patience = 5_000;
// A command that is repeated for want of replicas tells the same again, minutes later at most.
const mostRecent = 1_000;

/** Brings what the audit tells to the sinks. No caller waits for it, and nothing that a sink does reaches one. */
export class AuditDelivery {
  readonly #settings: AuditSettings;
  readonly #relay: Relay | null;
  readonly #handOvers: readonly HandOver[];
  readonly #recent = new Recent(mostRecent);
  readonly #cut = new AbortController();

  constructor(settings: AuditSettings, parts: DeliveryParts, closing: AbortSignal) {
    const cut = this.#cut.signal;
    // As many wait for it as there are deliveries under way.
    setMaxListeners(Infinity, cut);
    this.#settings = settings;
    this.#relay = settings.isDurable && settings.relay ? openRelay(settings, parts, closing, cut) : null;
    this.#handOvers = settings.sinks
      .filter(({ durable }) => !durable)
      .map((sink) => new HandOver(sinkDestination(sink), parts.events, closing, cut));
  }

  /** Entries that the store has written on behalf of this process. Never throws. */
  tell(told: readonly Told[]): void {
    for (const { tag, entry, userId } of told) {
      if (entry.relayed) this.#relay?.nudge(tag);
      if (this.#handOvers.length === 0 || !this.#recent.add(entry.id)) continue;
      for (const handOver of this.#handOvers) handOver.add({ entry, userId });
    }
  }

  /** Something is due under this tag. */
  nudge(tag: string): void {
    this.#relay?.nudge(tag);
  }

  /** Begins what goes on by itself. */
  start(): void {
    this.#relay?.start();
  }

  /**
   * Resolves when every entry that is due now has been delivered, or has failed, as far as no other process is delivering it.
   * Rejects where the store does not answer.
   */
  async flush(): Promise<void> {
    await Promise.all([this.#relay?.flush(), ...this.#handOvers.map((handOver) => handOver.settled())]);
  }

  /** The last time, while the store still answers: what is under way comes to its end, or is cut. */
  async close(): Promise<void> {
    const timer = setTimeout(() => this.#cut.abort(), patience);
    await Promise.all([this.#relay?.idle(), ...this.#handOvers.map((handOver) => handOver.settled())]);
    clearTimeout(timer);
    for (const sink of this.#settings.sinks) await closeQuietly(sink);
  }
}

async function closeQuietly(sink: AuditSettings['sinks'][number]): Promise<void> {
  try {
    await withinTime(patience, new AbortController().signal, async () => sink.close?.());
  } catch (error) {
    warnProcess(`The sink '${sink.name}' could not be closed: ${describeThrown(error)}`);
  }
}

function openRelay(
  settings: AuditSettings,
  { store, time, events }: DeliveryParts,
  closing: AbortSignal,
  cut: AbortSignal,
): Relay {
  const { outbox } = store;
  const destinations = durableDestinations(settings, store, time);
  const outletParts = { events, monotonic: time.monotonic, closing };
  const outlets = new Map([...destinations].map(([name, one]) => [name, new Outlet(one, outletParts)]));
  const courier = new Courier({ outbox, time, events, outlets, closing, cut });
  return new Relay({ outbox, time, events, courier }, closing);
}
