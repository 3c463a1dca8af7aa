import { CachedDeviceParser } from '../device/cached-parser';
import { userAgentParser } from '../device/user-agent-parser';
import { Emitter } from '../events/emitter';
import type { DeviceParser, ManagerSettings } from '../options/manager-options';
import type { SessionStore } from '../store/session-store';
import { Timekeeper } from './timekeeper';
import { TouchQueue } from './touch-queue';

/** What the use cases of one manager share. */
export interface Context {
  readonly settings: ManagerSettings;
  readonly store: SessionStore;
  readonly time: Timekeeper;
  readonly events: Emitter;
  readonly devices: DeviceParser;
  readonly touches: TouchQueue;
  /** Aborted on close: ends work behind a request's back. */
  readonly closing: AbortController;
  close(): Promise<void>;
}

export function openContext(settings: ManagerSettings, store: SessionStore): Context {
  const time = new Timekeeper(store, settings.clock);
  const events = new Emitter();
  const touches = new TouchQueue(store, time, events);
  const closing = new AbortController();
  return {
    settings,
    store,
    time,
    events,
    devices: new CachedDeviceParser(settings.deviceParser ?? userAgentParser),
    touches,
    closing,
    async close() {
      closing.abort();
      await touches.flush();
      await store.close();
    },
  };
}
