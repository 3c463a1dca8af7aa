import { setMaxListeners } from 'node:events';
import { CachedDeviceParser } from '../device/cached-parser';
import { userAgentParser } from '../device/user-agent-parser';
import { Emitter } from '../events/emitter';
import { NearCache } from '../near-cache/near-cache';
import type { DeviceParser, ManagerSettings } from '../options/manager-options';
import type { SessionStore } from '../store/session-store';
import type { Admitted } from './admitted';
import { ClockWatch } from './clock-watch';
import { FleetDrain } from './fleet/fleet-drain';
import { SignInTally } from './fleet/sign-in-tally';
import { Timekeeper } from './timekeeper';
import { TouchQueue } from './touch-queue';
import { UnconfirmedRevocations } from './unconfirmed-revocations';

/** What the use cases of one manager share. */
export interface Context {
  readonly settings: ManagerSettings;
  readonly store: SessionStore;
  readonly time: Timekeeper;
  readonly events: Emitter;
  readonly devices: DeviceParser;
  readonly touches: TouchQueue;
  /** Where a revocation goes that replicas did not confirm. */
  readonly unconfirmed: UnconfirmedRevocations;
  readonly clockWatch: ClockWatch;
  readonly signIns: SignInTally;
  readonly fleetDrain: FleetDrain;
  /** null: every check asks the store. */
  readonly nearCache: NearCache<Admitted> | null;
  /** Aborted on close: ends work behind a request's back. */
  readonly closing: AbortController;
  close(): Promise<void>;
}

export function openContext(settings: ManagerSettings, store: SessionStore): Context {
  const time = new Timekeeper(store, settings.clock);
  const events = new Emitter();
  const closing = new AbortController();
  // As many wait for it as there are revocations to repeat.
  setMaxListeners(Infinity, closing.signal);
  const unconfirmed = new UnconfirmedRevocations(time, events, closing.signal);
  const touches = new TouchQueue(store, time, events, unconfirmed);
  const nearCache = openNearCache(settings, store, time);
  const signIns = new SignInTally(store, time, events);
  const fleetDrain = new FleetDrain({ store, time, events }, closing.signal);
  const stopWatching = nearCache ? store.watch(nearCache) : undefined;
  return {
    settings,
    store,
    time,
    events,
    devices: new CachedDeviceParser(settings.deviceParser ?? userAgentParser),
    touches,
    unconfirmed,
    clockWatch: new ClockWatch(store, time, events),
    signIns,
    fleetDrain,
    nearCache,
    closing,
    async close() {
      closing.abort();
      stopWatching?.();
      await Promise.all([touches.flush(), signIns.close(), fleetDrain.settled()]);
      await store.close();
    },
  };
}

function openNearCache(
  { nearCache }: ManagerSettings,
  store: SessionStore,
  { monotonic }: Timekeeper,
): NearCache<Admitted> | null {
  if (!nearCache) return null;
  const deadline = store.deadlineMilliseconds;
  return new NearCache({ ...nearCache, deadline, now: monotonic, find: (id) => store.find(id) });
}
