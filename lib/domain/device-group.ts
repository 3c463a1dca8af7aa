import type { SessionView } from './session-view';

/** The sessions that a user has on one device, as far as it keeps a device id; a session without one stands by itself. */
export interface DeviceGroup<Data extends object = Record<string, unknown>> {
  /** As its latest session shows it, under the name that one of them was given last. */
  readonly device: SessionView<Data>['device'];
  /** Whether it is the device of the request that asked. */
  readonly current: boolean;
  /** Of the one that was seen last; ISO 8601. */
  readonly lastSeenAt: string;
  /** The most recently seen first. */
  readonly sessions: readonly SessionView<Data>[];
}
