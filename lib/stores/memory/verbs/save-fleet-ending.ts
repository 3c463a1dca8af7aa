import type { FleetEnding, SaveFleetEnding, SaveFleetEndingOutcome } from '../../../store/fleet';
import type { Memory } from '../memory';

export function saveFleetEnding({ fleet }: Memory, { ending, attempt }: SaveFleetEnding): SaveFleetEndingOutcome {
  const { kept } = fleet;
  if (kept?.attempt.equals(attempt)) return { status: 'saved' };
  if (kept && !follows(ending, kept.ending)) return { status: 'conflict', ending: kept.ending };
  fleet.kept = { ending, attempt };
  return { status: 'saved' };
}

function follows(ending: FleetEnding, kept: FleetEnding): boolean {
  if (ending.id === kept.id) return ending.version === kept.version + 1;
  return kept.finishedAt !== null;
}
