import type { Client, Device } from '../domain/client';
import type { DeviceParser } from '../options/manager-options';

const maxEntries = 1_000;

/** Parsing costs 10 to 25 µs and a fleet has few distinct browsers: remembers the most recently used. */
export class CachedDeviceParser implements DeviceParser {
  readonly #parser: DeviceParser;
  readonly #devices = new Map<string, Device>();

  constructor(parser: DeviceParser) {
    this.#parser = parser;
  }

  parse(client: Client): Device {
    const key = JSON.stringify([client.userAgent, client.hints]);
    const known = this.#devices.get(key);
    const device = known ?? Object.freeze({ ...this.#parser.parse(client) });
    this.#devices.delete(key);
    this.#devices.set(key, device);
    if (this.#devices.size > maxEntries) this.#devices.delete(this.#devices.keys().next().value!);
    return device;
  }
}
