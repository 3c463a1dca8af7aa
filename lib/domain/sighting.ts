import type { Device } from './client';
import type { Location } from './location';

/** A user seen at a time, on a device, from a place: what risk is judged by. */
export interface Sighting {
  /** Milliseconds on the store's clock. */
  readonly at: number;
  readonly device: Pick<Device, 'browser' | 'browserVersion' | 'os' | 'osVersion' | 'type'>;
  /** The same for all sightings of one browser or app, as far as it keeps a device id; null where it keeps none. */
  readonly deviceMark: string | null;
  /** The address as far as the privacy options let it be kept; null where it is not known. */
  readonly ip: string | null;
  readonly location: Location | null;
}
