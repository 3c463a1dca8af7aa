import type { FleetEnding } from '../../../store/fleet';
import type { Backend } from '../backend';
import { decodeFleetEnding } from '../fleet-ending-codec';

export async function findFleetEnding({ client, calls, keys }: Backend): Promise<FleetEnding | undefined> {
  const key = keys.fleetEnding();
  const bytes = await calls.run(() => client.getBuffer(key));
  return bytes === null ? undefined : decodeFleetEnding(bytes);
}
