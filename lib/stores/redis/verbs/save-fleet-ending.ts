import type { SaveFleetEnding, SaveFleetEndingOutcome } from '../../../store/fleet';
import type { Backend } from '../backend';
import { decodeFleetEnding, encodeFleetEnding } from '../fleet-ending-codec';
import { bytesOf, statusOf } from '../reply';

export async function saveFleetEnding(
  { scripts, keys }: Backend,
  command: SaveFleetEnding,
): Promise<SaveFleetEndingOutcome> {
  const { attempt, ending } = command;
  const args = [attempt, ending.version, ending.id, encodeFleetEnding(command)];
  const reply = await scripts.write('saveFleetEnding', [keys.fleetEnding()], command, args);
  if (statusOf(reply) === 'saved') return { status: 'saved' };
  return { status: 'conflict', ending: decodeFleetEnding(bytesOf(reply[1])) };
}
