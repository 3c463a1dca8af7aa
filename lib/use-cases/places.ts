import { canonicalAddress } from '../device/canonical-address';
import { isFirstOwner, isLastOwner } from '../device/geo/resolver-owners';
import { readPlace } from '../device/given-place';
import { isPublicAddress } from '../device/public-address';
import { kindOfValue } from '../domain/kind-of-value';
import type { GivenLocation, Location } from '../domain/location';
import type { Emitter } from '../events/emitter';
import type { GeoSettings } from '../options/geo';
import { askOptionalHook, type Unanswered, unanswered } from './hooks';
import type { Timekeeper } from './timekeeper';

// People sign in from few addresses at a time: a hit spares even a resolver that reads from a disk.
const maxEntries = 10_000;
/** So long a place is remembered: the resolver's data may be replaced while the process runs. */
const longestAge = 3_600_000;
// A resolver that hangs would otherwise be handed one address more with each sign-in.
const mostUnderWay = 256;

type Told = GivenLocation | null | undefined;

/** null: it is nowhere that anyone knows. Unanswered: nobody could say in time, and it may be anywhere. */
export type Found = Location | null | Unanswered;

interface Known {
  readonly place: Location | null;
  readonly until: number;
}

/** Asks the resolver where addresses are, remembers the answers, and waits no longer than the deadline for any of them. */
export class Places {
  readonly #settings: GeoSettings;
  readonly #time: Timekeeper;
  readonly #events: Emitter;
  readonly #known = new Map<string, Known>();
  readonly #asking = new Map<string, Promise<Found>>();
  #underWay = 0;
  #isClosed = false;

  constructor(settings: GeoSettings, time: Timekeeper, events: Emitter) {
    this.#settings = settings;
    this.#time = time;
    this.#events = events;
    const { resolver } = settings;
    if (isFirstOwner(resolver)) void this.#tell(() => resolver.open?.(), 'when it was opened');
  }

  /** null also for what is no address, and for one that is nowhere in particular. Never rejects. */
  async find(ip: string): Promise<Found> {
    const address = canonicalAddress(ip);
    if (address === undefined || !isPublicAddress(address)) return null;
    if (this.#isClosed) return unanswered;
    const known = this.#remembered(address);
    if (known) return known.place;
    // Those who ask while it is being asked for share the answer, and the deadline of the first.
    const asking = this.#asking.get(address) ?? this.#ask(address);
    return asking;
  }

  /** Never throws: what a resolver of the app's does at its end keeps nobody from closing. A second time it does nothing. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#known.clear();
    const { resolver } = this.#settings;
    if (isLastOwner(resolver)) await this.#tell(() => resolver.close?.(), 'when it was closed');
  }

  async #tell(change: () => unknown, outcome: string): Promise<void> {
    const { deadline: milliseconds } = this.#settings;
    const hook = { hook: 'geo.resolve', milliseconds, outcome } as const;
    await askOptionalHook({ events: this.#events }, hook, change, () => undefined);
  }

  #remembered(address: string): Known | undefined {
    const known = this.#known.get(address);
    if (!known) return undefined;
    this.#known.delete(address);
    if (known.until <= this.#time.monotonic()) return undefined;
    this.#known.set(address, known);
    return known;
  }

  async #ask(address: string): Promise<Found> {
    const asking = this.#resolve(address);
    this.#asking.set(address, asking);
    try {
      return await asking;
    } finally {
      this.#asking.delete(address);
    }
  }

  async #resolve(address: string): Promise<Found> {
    const { resolver, deadline: milliseconds } = this.#settings;
    const ask = async (): Promise<unknown> => {
      if (this.#underWay >= mostUnderWay) throw new Error(`${mostUnderWay} lookups have not been answered yet`);
      this.#underWay++;
      try {
        const told = await resolver.resolve(address);
        // Also one that comes too late for who asked: the next one has it.
        if (problemOfPlace(told) === undefined) this.#remember(address, placeOf(told));
        return told;
      } finally {
        this.#underWay--;
      }
    };
    const hook = { hook: 'geo.resolve', milliseconds, outcome: 'so a session has no place' } as const;
    const told = await askOptionalHook<Told>({ events: this.#events }, hook, ask, problemOfPlace);
    return told === unanswered ? unanswered : placeOf(told);
  }

  #remember(address: string, place: Location | null): void {
    this.#known.set(address, { place, until: this.#time.monotonic() + longestAge });
    if (this.#known.size > maxEntries) this.#known.delete(this.#known.keys().next().value!);
  }
}

function placeOf(told: Told): Location | null {
  return told ? readPlace(told) : null;
}

function problemOfPlace(answer: unknown): string | undefined {
  if (answer === null || answer === undefined) return undefined;
  if (typeof answer !== 'object' || Array.isArray(answer))
    return `${kindOfValue(answer)}: expected a place or null`;
  const tells = Object.values(answer).some((member) => member !== null && member !== undefined);
  return tells && !placeOf(answer) ? 'what is no place: expected city, region, country or coordinates' : undefined;
}
