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
import { Places } from './places';
import type { AuditDelivery } from './relay/audit-delivery';
import { openAudit } from './relay/open-audit';
import type { Verdict } from './risk/act';
import { warnOfBlindness } from './risk/blindness-warning';
import { Judgements } from './risk/judgements';
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
  /** null: nobody is asked where a sign-in comes from. */
  readonly places: Places | null;
  readonly touches: TouchQueue;
  /** Uses whose risk is being judged. */
  readonly judgements: Judgements<Verdict>;
  /** Where a revocation goes that replicas did not confirm. */
  readonly unconfirmed: UnconfirmedRevocations;
  readonly clockWatch: ClockWatch;
  readonly signIns: SignInTally;
  readonly fleetDrain: FleetDrain;
  /** null: every check asks the store. */
  readonly nearCache: NearCache<Admitted> | null;
  /** null: there are no sinks. */
  readonly audit: AuditDelivery | null;
  /** Aborted on close: ends work behind a request's back. */
  readonly closing: AbortController;
  close(): Promise<void>;
}

export function openContext(settings: ManagerSettings, opened: SessionStore): Context {
  warnOfBlindness(settings);
  const time = new Timekeeper(opened, settings.clock);
  const events = new Emitter();
  const closing = new AbortController();
  // As many wait for it as there are revocations to repeat.
  setMaxListeners(Infinity, closing.signal);
  const { store, audit } = openAudit(settings.audit, { store: opened, time, events }, closing.signal);
  const unconfirmed = new UnconfirmedRevocations(time, events, closing.signal);
  const touches = new TouchQueue({ settings, store, time, events, unconfirmed });
  const judgements = new Judgements<Verdict>(events, time.monotonic);
  const nearCache = openNearCache(settings, store, time);
  const places = settings.geo ? new Places(settings.geo, time, events) : null;
  const signIns = new SignInTally(store, time, events);
  const fleetDrain = new FleetDrain({ settings, store, time, events }, closing.signal);
  const stopWatching = nearCache ? store.watch(nearCache) : undefined;
  return {
    settings,
    store,
    time,
    events,
    devices: new CachedDeviceParser(settings.deviceParser ?? userAgentParser),
    places,
    touches,
    judgements,
    unconfirmed,
    clockWatch: new ClockWatch(store, time, events),
    signIns,
    fleetDrain,
    nearCache,
    audit,
    closing,
    async close() {
      closing.abort();
      stopWatching?.();
      await Promise.all([
        touches.flush(),
        judgements.flush(),
        signIns.close(),
        fleetDrain.settled(),
        places?.close(),
      ]);
      // Behind those: they may have written entries.
      await audit?.close();
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
